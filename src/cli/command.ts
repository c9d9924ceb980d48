import { Argument, type Command, Option } from "commander";
import {
  type AnswerCommand,
  type AnyCommand,
  type ArgumentSpec,
  type Invocation,
  LIST_FORMATS,
  type OptionSpec,
  type Options,
  VERDICT_FORMATS,
} from "../commands/command.ts";
import { type Context, openContext } from "../context.ts";
import { EXIT } from "../domain/errors.ts";
import type { Host } from "../host/host.ts";
import { VERSION } from "../version.ts";
import type { NamedContext } from "../workspace/config.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { commandLineOperator } from "./operator.ts";
import { CHANGE_OPTIONS, GLOBAL_OPTIONS, optionsOf } from "./options.ts";
import { type Format, printAnswer, printPlan } from "./output.ts";
import { errorDocument, errorLines, exitCodeOfError } from "./report-error.ts";

/** The formats of a command's answer: those of all, and those it has a view for. */
export function formatsOf(spec: AnswerCommand): Format[] {
  const extra = [...LIST_FORMATS, ...VERDICT_FORMATS].filter((format) => spec.views[format]);
  return ["table", "wide", "json", "yaml", ...extra];
}

/** The options of a command: its own, those of every change where it is one, those of all. */
export function optionGroups(
  spec: AnyCommand,
): readonly { readonly heading: string; readonly options: readonly OptionSpec[] }[] {
  const output: OptionSpec[] =
    "views" in spec
      ? [
          {
            flags: "-o, --output <format>",
            description: "format of the answer",
            default: "table",
            choices: formatsOf(spec),
          },
        ]
      : [];
  return [
    { heading: "Options:", options: spec.options ?? [] },
    { heading: "Options of every change:", options: spec.changes ? CHANGE_OPTIONS : [] },
    { heading: "Options of every command:", options: [...output, ...GLOBAL_OPTIONS] },
  ];
}

/** Declares arguments and options of a command on its commander command. */
export function declare(command: Command, spec: AnyCommand): void {
  for (const argument of spec.arguments ?? []) command.addArgument(argumentOf(argument));
  for (const { heading, options } of optionGroups(spec)) {
    for (const option of options) command.addOption(optionOf(option).helpGroup(heading));
  }
  command.helpOption("-h, --help", "print help");
  if (spec.description !== undefined) command.addHelpText("after", `\n${spec.description}`);
  if (spec.examples)
    command.addHelpText("after", `\nExamples:\n${spec.examples.map((line) => `  ${line}`).join("\n")}`);
}

function argumentOf({ name, description, required, variadic, choices }: ArgumentSpec): Argument {
  const inner = `${name}${variadic ? "..." : ""}`;
  const argument = new Argument(required ? `<${inner}>` : `[${inner}]`, description);
  return choices ? argument.choices([...choices]) : argument;
}

function optionOf({ flags, description, default: value, choices, repeatable }: OptionSpec): Option {
  const option = new Option(flags, description);
  if (choices) option.choices([...choices]);
  if (value !== undefined) option.default(value);
  if (repeatable) {
    const check = choices ? optionOf({ flags, description, choices }).parseArg : undefined;
    option.argParser((text: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      ...text.split(",").map((part) => (check ? String(check(part, undefined)) : part)),
    ]);
  }
  return option;
}

/** Runs a chosen command: opens what it asks for, prints its answer or its failure. @returns the exit code. */
export async function runCommand(spec: AnyCommand, command: Command, host: Host): Promise<number> {
  const options = optionsOf(command.opts());
  const format = (options.text("output") ?? "table") as Format;
  try {
    const invocation = invocationOf(command, options, host);
    if ("text" in spec) {
      const { answer, exitCode } = await spec.text(invocation);
      await host.terminal.write(answer);
      return exitCode ?? EXIT.ok;
    }
    const { answer, exitCode } = await spec.run(invocation);
    await printAnswer(answer, spec, format, options, host);
    return exitCode ?? EXIT.ok;
  } catch (error) {
    for (const line of errorLines(error, options.flag("verbose"))) host.terminal.note(`${line}\n`);
    if (format === "json") await host.terminal.write(`${JSON.stringify(errorDocument(error), null, 2)}\n`);
    return exitCodeOfError(error);
  }
}

function invocationOf(command: Command, options: Options, host: Host): Invocation {
  const canAsk = host.terminal.canAsk && !options.off("input");
  const note = (line: string) => host.terminal.note(`${line}\n`);
  const overrides = {
    context: options.text("context"),
    config: options.text("config"),
    system: options.text("system"),
    adminUrls: options.list("adminUrl"),
    prometheusUrl: options.text("prometheusUrl"),
  };
  const workspace = openWorkspace(host, overrides, VERSION);
  const open = async (named: NamedContext): Promise<Context> => {
    const from = named.file === null ? host.places.workingFolder : named.file.replace(/\/[^/]*$/, "");
    const known = await workspace.systems.find(named.config.system, from);
    return openContext(host, named, known, {
      timeoutMs: options.duration("timeout") ?? 10_000,
      version: VERSION,
      trace: options.flag("verbose") ? note : () => undefined,
    });
  };
  return {
    args: command.processedArgs.flat().filter((arg): arg is string => typeof arg === "string"),
    options,
    context: async () => open(await workspace.chooseContext()),
    async contextNamed(name) {
      const { config, path } = await workspace.config();
      const found = config.contexts[name];
      if (!found) throw new Error(`no context ${name}`);
      return open({ name, config: found, file: path });
    },
    workspace,
    operator: commandLineOperator(options, {
      canAsk,
      confirm: (question) => host.prompts.confirm(question),
      input: (question) => host.prompts.input(question),
      note,
      show: (plan) => printPlan(plan, options, host),
    }),
    signal: host.signal,
    now: () => host.clock.now(),
    note,
    canAsk,
    dryRun: options.flag("dryRun"),
    reason: options.text("reason"),
    incident: options.text("incident"),
    confirm: (question) => host.prompts.confirm(question),
    async print(text) {
      await host.terminal.write(text);
    },
    machine: host,
  };
}
