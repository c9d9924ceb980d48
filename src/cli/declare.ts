import type { Argument, Command, Option } from "commander";
import {
  type AnswerCommand,
  type AnyCommand,
  type ArgumentSpec,
  LIST_FORMATS,
  type OptionSpec,
  VERDICT_FORMATS,
} from "../commands/command.ts";
import { CHANGE_OPTIONS, GLOBAL_OPTIONS } from "./options.ts";
import type { Format } from "./output.ts";

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
  for (const argument of spec.arguments ?? []) command.addArgument(argumentOf(command, argument));
  for (const { heading, options } of optionGroups(spec)) {
    for (const option of options) command.addOption(optionOf(command, option).helpGroup(heading));
  }
  command.helpOption("-h, --help", "print help");
  if (spec.description !== undefined) command.addHelpText("after", `\n${spec.description}`);
  if (spec.examples)
    command.addHelpText("after", `\nExamples:\n${spec.examples.map((line) => `  ${line}`).join("\n")}`);
}

function argumentOf(
  command: Command,
  { name, description, required, variadic, choices }: ArgumentSpec,
): Argument {
  const inner = `${name}${variadic ? "..." : ""}`;
  const argument = command.createArgument(required ? `<${inner}>` : `[${inner}]`, description);
  return choices ? argument.choices([...choices]) : argument;
}

function optionOf(
  command: Command,
  { flags, description, default: value, choices, repeatable }: OptionSpec,
): Option {
  const option = command.createOption(flags, description);
  if (choices) option.choices([...choices]);
  if (value !== undefined) option.default(value);
  if (repeatable) {
    const check = option.parseArg;
    option.argParser((text: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      ...text.split(",").map((part) => String(check?.(part, undefined) ?? part)),
    ]);
  }
  return option;
}
