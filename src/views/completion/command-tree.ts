/** What can be typed, as data: the source of completions, of the command reference and of the README's table. */
export interface CommandTree {
  readonly groups: readonly { readonly path: string; readonly summary: string }[];
  readonly commands: readonly CommandLeaf[];
}

export interface CommandLeaf {
  /** The words that are typed: `status`, `audit list`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string | null;
  readonly arguments: readonly LeafArgument[];
  readonly options: readonly LeafOption[];
  readonly examples: readonly string[];
}

export interface LeafArgument {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly variadic: boolean;
  readonly choices: readonly string[];
}

export interface LeafOption {
  /** `-o` and `--output`, the short one first. */
  readonly names: readonly string[];
  /** The word that stands for its value; null when it takes none. */
  readonly value: string | null;
  readonly description: string;
  readonly default: string | null;
  readonly choices: readonly string[];
  readonly repeatable: boolean;
  /** The heading in `--help`: its own, of every change, of every command. */
  readonly heading: string;
}

export interface Word {
  readonly word: string;
  readonly summary: string;
}

/** The words that may follow these: commands and groups. Empty below a command. */
export function wordsAfter(tree: CommandTree, path: string): Word[] {
  if (path !== "") {
    return tree.commands
      .filter((leaf) => leaf.path.startsWith(`${path} `))
      .map((leaf) => ({ word: leaf.path.slice(path.length + 1), summary: leaf.summary }));
  }
  const firstWords = new Map<string, string>();
  for (const { path: words, summary } of tree.commands) {
    const [first = "", second] = words.split(" ");
    const group = second === undefined ? undefined : tree.groups.find((each) => each.path === first);
    if (!firstWords.has(first)) firstWords.set(first, group?.summary ?? summary);
  }
  return [...firstWords].map(([word, summary]) => ({ word, summary }));
}

/** Whether a file completes here: the name of the argument or value says so. */
export function takesFile(name: string | null): boolean {
  return name === "file";
}

/** The heading of options that every command has; they may also stand before the command. */
const OF_EVERY_COMMAND = "Options of every command";

/** Options of every command, each once. Their choices differ from command to command and are left out. */
export function sharedOptions({ commands }: CommandTree): LeafOption[] {
  const shared = new Map<string, LeafOption>();
  for (const option of commands.flatMap(({ options }) => options)) {
    if (isShared(option)) shared.set(option.names.join(), { ...option, choices: [] });
  }
  return [...shared.values()];
}

export function isShared({ heading }: LeafOption): boolean {
  return heading === OF_EVERY_COMMAND;
}
