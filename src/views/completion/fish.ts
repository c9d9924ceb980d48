import {
  type CommandLeaf,
  type CommandTree,
  type LeafArgument,
  type LeafOption,
  sharedOptions,
  takesFile,
  wordsAfter,
} from "./command-tree.ts";

/** The completion script of fish: one `complete` a word, chosen by the command words that were typed. */
export function fishCompletion(tree: CommandTree): string {
  const valued = sharedOptions(tree)
    .filter(({ value }) => value !== null)
    .flatMap(({ names }) => names);
  const shared = sharedOptions(tree).map((option) => optionAt(at(""), option));
  return [
    "# fish completion of cbctl; made by `npm run generate`",
    typedWords(valued),
    "complete -c cbctl -f",
    ...["", ...tree.groups.map(({ path }) => path)].flatMap((path) =>
      wordsAfter(tree, path).map(
        ({ word, summary }) => `complete -c cbctl -n ${at(path)} -a ${word} -d ${quoted(summary)}`,
      ),
    ),
    ...shared,
    ...tree.commands.flatMap((leaf) => [
      ...leaf.options.map(optionOf(leaf)),
      ...leaf.arguments.flatMap(argumentOf(leaf)),
    ]),
    "complete -c cbctl -s h -l help -d 'print help'",
    `complete -c cbctl -n ${at("")} -s V -l version -d 'print the version'`,
    "",
  ].join("\n");
}

/** A function that holds when the command words typed so far begin with its argument: exactly, at a place to choose. */
function typedWords(valued: readonly string[]): string {
  return `function __cbctl_at --argument-names exactness path
    set -l words
    set -l skip no
    for word in (commandline -opc)[2..-1]
        if test $skip = yes
            set skip no
        else if contains -- $word ${valued.join(" ")}
            set skip yes
        else if not string match -q -- '-*' $word
            set -a words $word
        end
    end
    if test $exactness = exactly
        test "$words" = "$path"
    else
        string match -q -- "$path *" "$words "
    end
end`;
}

function at(path: string): string {
  return quoted(`__cbctl_at exactly "${path}"`);
}

function within(path: string): string {
  return quoted(`__cbctl_at within "${path}"`);
}

function optionOf({ path }: CommandLeaf): (option: LeafOption) => string {
  return (option) => optionAt(within(path), option);
}

function optionAt(condition: string, { names, value, description, choices }: LeafOption): string {
  const flags = names.map((name) => (name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  return [
    `complete -c cbctl -n ${condition}`,
    ...flags,
    ...(value === null ? [] : [takesFile(value) ? "-r -F" : "-x"]),
    ...(choices.length > 0 ? [`-a ${quoted(choices.join(" "))}`] : []),
    `-d ${quoted(description)}`,
  ].join(" ");
}

function argumentOf({ path }: CommandLeaf): (argument: LeafArgument) => string[] {
  return ({ name, choices }) => {
    if (takesFile(name)) return [`complete -c cbctl -n ${within(path)} -F`];
    return choices.length > 0 ? [`complete -c cbctl -n ${within(path)} -a ${quoted(choices.join(" "))}`] : [];
  };
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
