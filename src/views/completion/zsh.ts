import {
  type CommandLeaf,
  type CommandTree,
  type LeafArgument,
  type LeafOption,
  sharedOptions,
  takesFile,
  type Word,
  wordsAfter,
} from "./command-tree.ts";

const HELP = "'(-h --help)'{-h,--help}'[print help]'";
const VERSION = "'(-V --version)'{-V,--version}'[print the version]'";

/** The completion script of zsh: a function for each group and command, static words only. */
export function zshCompletion(tree: CommandTree): string {
  return [
    "#compdef cbctl\n# zsh completion of cbctl; made by `npm run generate`",
    chooser("", wordsAfter(tree, ""), [VERSION, ...sharedOptions(tree).map(optionLine)]),
    ...tree.groups.map(({ path }) => chooser(path, wordsAfter(tree, path), [])),
    ...tree.commands.map(leafFunction),
    'if [ "$funcstack[1]" = "_cbctl" ]; then\n  _cbctl "$@"\nelse\n  compdef _cbctl cbctl\nfi\n',
  ].join("\n\n");
}

/** A function that completes the next command word and hands on to the function of that word; `-A` leaves its options to it. */
function chooser(path: string, words: readonly Word[], options: readonly string[]): string {
  const specs = [HELP, ...options, "'1: :->command'", "'*:: :->rest'"];
  return `${functionOf(path)}() {
  local context state state_descr line
  typeset -A opt_args
  local -a commands=(
${words.map(({ word, summary }) => `    ${quoted(`${word}:${summary.replaceAll(":", "\\:")}`)}`).join("\n")}
  )
  _arguments -C -A '-*' \\
${specs.map((spec) => `    ${spec}`).join(" \\\n")}
  case $state in
    command) _describe command commands ;;
    rest)
      case $words[1] in
${words.map(({ word }) => `        ${word}) ${functionOf(`${path} ${word}`.trim())} ;;`).join("\n")}
      esac
      ;;
  esac
}`;
}

function leafFunction({ path, arguments: args, options }: CommandLeaf): string {
  const lines = [...options.map(optionLine), HELP, ...args.map(argumentLine)];
  return `${functionOf(path)}() {\n  _arguments -s -S \\\n${lines.map((line) => `    ${line}`).join(" \\\n")}\n}`;
}

function optionLine({ names, value, description, choices, repeatable }: LeafOption): string {
  const action = value === null ? "" : `:${value}:${actionOf(value, choices)}`;
  const told = `[${description.replace(/[[\]:]/g, "\\$&")}]${action}`;
  const exclusive = repeatable ? "*" : `(${names.join(" ")})`;
  // `-o+` takes its value in the same word or the next, and so does `--output=`.
  const forms = names.map((name) => (value === null ? name : `${name}${name.startsWith("--") ? "=" : "+"}`));
  if (forms.length === 1) return quoted(`${exclusive}${forms[0]}${told}`);
  return `${quoted(exclusive)}{${forms.join(",")}}${quoted(told)}`;
}

function argumentLine({ name, choices, variadic, required }: LeafArgument): string {
  return quoted(
    `${variadic ? "*" : "1"}:${required ? "" : ":"}${name}:${actionOf(name, choices)}`.replace("::", ":"),
  );
}

function actionOf(name: string, choices: readonly string[]): string {
  if (takesFile(name)) return "_files";
  return choices.length > 0 ? `(${choices.join(" ")})` : " ";
}

function functionOf(path: string): string {
  return ["_cbctl", ...path.split(/[ -]/)].filter((word) => word !== "").join("_");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
