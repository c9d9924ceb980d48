import type { CommandLeaf, CommandTree, LeafArgument, LeafOption } from "../completion/command-tree.ts";
import { markdownTable } from "./markdown-table.ts";

const OWN = "Options";

/** docs/commands.md: every command with its arguments, options and examples. */
export function commandReference(tree: CommandTree): string {
  const shared = sharedOptions(tree);
  return [
    "# Commands",
    "Made from the commands themselves by `npm run generate`; `cbctl COMMAND --help` prints the same.",
    ...tree.commands.flatMap(commandSection),
    ...[...shared].flatMap(([heading, options]) => [`## ${heading}`, optionTable(options)]),
  ]
    .join("\n\n")
    .concat("\n");
}

/** `cbctl patch <key-or-setting...>`: how the command is typed. */
export function usageOf({ path, arguments: args }: CommandLeaf): string {
  return ["cbctl", path, ...args.map(argumentText)].join(" ");
}

function argumentText({ name, variadic, required }: LeafArgument): string {
  const inner = `${name}${variadic ? "..." : ""}`;
  return required ? `<${inner}>` : `[${inner}]`;
}

function commandSection(leaf: CommandLeaf): string[] {
  const own = leaf.options.filter(({ heading }) => heading === OWN);
  const headings = [...new Set(leaf.options.map(({ heading }) => heading))].filter((each) => each !== OWN);
  const output = leaf.options.find(({ names }) => names.includes("--output"));
  const also = headings.map((heading) => `[${heading.toLowerCase()}](#${anchorOf(heading)})`).join(" and ");
  return [
    `## cbctl ${leaf.path}`,
    `${leaf.summary}`,
    `\`\`\`\n${usageOf(leaf)}\n\`\`\``,
    ...(leaf.arguments.length > 0 ? [argumentTable(leaf.arguments)] : []),
    ...(own.length > 0 ? [optionTable(own)] : []),
    ...(leaf.description === null ? [] : [leaf.description]),
    `Also the ${also}.${output ? ` Formats: ${output.choices.map((each) => `\`${each}\``).join(" ")}.` : ""}`,
    ...(leaf.examples.length > 0 ? [`\`\`\`sh\n${leaf.examples.join("\n")}\n\`\`\``] : []),
  ];
}

function sharedOptions({ commands }: CommandTree): Map<string, LeafOption[]> {
  const shared = new Map<string, LeafOption[]>();
  for (const option of commands.flatMap(({ options }) => options)) {
    if (option.heading === OWN) continue;
    const known = shared.get(option.heading) ?? [];
    // Formats differ from command to command; each says its own.
    const { choices, ...rest } = option;
    if (!known.some(({ names }) => names.join() === option.names.join()))
      known.push({ ...rest, choices: [] });
    shared.set(option.heading, known);
  }
  return shared;
}

function argumentTable(args: readonly LeafArgument[]): string {
  const rows = args.map((each) => [`\`${each.name}\``, withChoices(each.description, each.choices)]);
  return markdownTable(["argument", "what it is"], rows);
}

function optionTable(options: readonly LeafOption[]): string {
  const rows = options.map(({ names, value, description, choices, default: preset, repeatable }) => [
    `\`${names.join(", ")}${value === null ? "" : ` <${value}>`}\``,
    `${withChoices(description, choices)}${repeatable ? " (repeatable)" : ""}`,
    preset === null ? "" : `\`${preset}\``,
  ]);
  return markdownTable(["option", "what it does", "default"], rows);
}

function withChoices(description: string, choices: readonly string[]): string {
  return choices.length === 0
    ? description
    : `${description}: ${choices.map((each) => `\`${each}\``).join(" ")}`;
}

function anchorOf(heading: string): string {
  return heading.toLowerCase().replaceAll(" ", "-");
}
