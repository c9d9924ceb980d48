import type { Command } from "commander";
import type { AnyCommand, Invocation, Options } from "../commands/command.ts";
import { type Context, openContext } from "../context.ts";
import { EXIT } from "../domain/errors.ts";
import { folderOf } from "../domain/file-path.ts";
import type { Host } from "../host/host.ts";
import { VERSION } from "../version.ts";
import { contextOf, type NamedContext } from "../workspace/config.ts";
import { openWorkspace } from "../workspace/workspace.ts";
import { commandLineOperator } from "./operator.ts";
import { optionsOf } from "./options.ts";
import { type Format, printAnswer, printError, printPlan } from "./output.ts";
import { exitCodeOfError } from "./report-error.ts";

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
    await printError(error, options, format, host);
    return exitCodeOfError(error);
  }
}

function invocationOf(command: Command, options: Options, host: Host): Invocation {
  // Asked late: to look at standard input costs more than to list breakers.
  const canAsk = () => !options.off("input") && host.terminal.canAsk;
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
    const from = named.file === null ? host.places.workingFolder : folderOf(named.file);
    const known = await workspace.systems.find(named.config.system, from);
    return openContext(host, named, known, {
      timeoutMs: options.duration("timeout") ?? 10_000,
      version: VERSION,
      trace: options.flag("verbose") ? note : () => undefined,
      warn: (line) => note(`cbctl: warning: ${line}`),
    });
  };
  return {
    args: command.processedArgs.flat().filter((arg): arg is string => typeof arg === "string"),
    options,
    context: async () => open(await workspace.chooseContext()),
    async contextNamed(name) {
      const file = await workspace.config();
      return open({ name, config: contextOf(file, name), file: file.path });
    },
    workspace,
    operator: commandLineOperator(options, {
      get canAsk() {
        return canAsk();
      },
      confirm: (question) => host.prompts.confirm(question),
      input: (question) => host.prompts.input(question),
      note,
      show: (plan) => printPlan(plan, options, host),
    }),
    signal: host.signal,
    now: () => host.clock.now(),
    note,
    get canAsk() {
      return canAsk();
    },
    isShown: host.terminal.stdoutIsTerminal && ["table", "wide"].includes(options.text("output") ?? "table"),
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
