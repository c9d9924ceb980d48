import type { AnyCommand, ArgumentSpec, OptionSpec } from "../commands/command.ts";
import type { CommandLeaf, CommandTree, LeafArgument, LeafOption } from "../views/completion/command-tree.ts";
import { COMMANDS, GROUPS } from "./commands.ts";
import { optionGroups } from "./declare.ts";

/** Loads every command and tells what can be typed. For generators and tests: a run of cbctl loads only its own. */
export async function commandTree(): Promise<CommandTree> {
  const groups = Object.entries(GROUPS).map(([path, summary]) => ({ path, summary }));
  const commands = COMMANDS.map(async ({ path, summary, load }) => leafOf(path, summary, await load()));
  return { groups, commands: await Promise.all(commands) };
}

function leafOf(path: string, summary: string, spec: AnyCommand): CommandLeaf {
  return {
    path,
    summary,
    description: spec.description ?? null,
    arguments: (spec.arguments ?? []).map(argumentOf),
    options: optionGroups(spec).flatMap(({ heading, options }) =>
      options.map((option) => optionOf(option, heading.replace(/:$/, ""))),
    ),
    examples: spec.examples ?? [],
  };
}

function argumentOf({ name, description, required, variadic, choices }: ArgumentSpec): LeafArgument {
  return {
    name,
    description,
    required: required ?? false,
    variadic: variadic ?? false,
    choices: choices ?? [],
  };
}

function optionOf(spec: OptionSpec, heading: string): LeafOption {
  return {
    names: spec.flags.split(/[ ,]+/).filter((word) => word.startsWith("-")),
    value: /[<[](.+?)(?:\.\.\.)?[>\]]/.exec(spec.flags)?.[1] ?? null,
    description: spec.description,
    default: spec.default ?? null,
    choices: spec.choices ?? [],
    repeatable: spec.repeatable ?? false,
    heading,
  };
}
