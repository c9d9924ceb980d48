import {
  type CommandLeaf,
  type CommandTree,
  isShared,
  type LeafOption,
  sharedOptions,
  takesFile,
  wordsAfter,
} from "./command-tree.ts";

/** The completion script of bash: static words, so that a Tab starts no program. */
export function bashCompletion(tree: CommandTree): string {
  const paths = ["", ...tree.groups.map(({ path }) => path)];
  const shared = sharedOptions(tree);
  const commands = paths.map((path) =>
    arm(
      path,
      wordsAfter(tree, path).map(({ word }) => word),
    ),
  );
  const options = tree.commands.map(({ path, options }) => arm(path, [...namesOf(options), "--help"]));
  const values = tree.commands.flatMap(({ path, options }) =>
    options
      .filter((option) => !isShared(option) || option.choices.length > 0)
      .flatMap((option) => valueArm(option, path)),
  );
  const sharedValues = shared.flatMap((option) => valueArm(option, null));
  return `# bash completion of cbctl; made by \`npm run generate\`
_cbctl_commands() {
  case "$1" in
${commands.join("\n")}
  esac
}

_cbctl_options() {
  case "$1" in
${[...options, arm("", [...namesOf(shared), "--help", "--version"])].join("\n")}
  esac
}

# The words that fit an option, and success when it takes a value at all.
_cbctl_values() {
  case "$1" in
${[...values, ...sharedValues].join("\n")}
    *) return 1 ;;
  esac
}

_cbctl_arguments() {
  case "$1" in
${tree.commands.flatMap(argumentArm).join("\n")}
  esac
}

_cbctl() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="" option="" index word words
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if [[ -n $option ]]; then
      [[ $word == "=" ]] || option=""
    elif [[ $word == -* ]]; then
      _cbctl_values "$command:$word" >/dev/null && option="$word"
    elif [[ -n "$(_cbctl_commands "$command")" ]]; then
      command="\${command:+$command }$word"
    fi
  done
  [[ $current == "=" ]] && current=""
  if [[ -n $option ]]; then
    words="$(_cbctl_values "$command:$option")"
  elif [[ $current == -* ]]; then
    words="$(_cbctl_options "$command")"
  else
    words="$(_cbctl_commands "$command")"
    [[ -n $words ]] || words="$(_cbctl_arguments "$command")"
  fi
  if [[ $words == "<file>" ]]; then
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  fi
}

complete -o filenames -o nosort -F _cbctl cbctl
`;
}

function arm(pattern: string, words: readonly string[]): string {
  return `    "${pattern}") echo "${words.join(" ")}" ;;`;
}

function namesOf(options: readonly LeafOption[]): string[] {
  return options.flatMap(({ names }) => names);
}

/** What fits an option of one command, or of any where the path is null. */
function valueArm({ names, value, choices }: LeafOption, path: string | null): string[] {
  if (value === null) return [];
  const patterns = names.map((name) => (path === null ? `*":${name}"` : `"${path}:${name}"`));
  return [`    ${patterns.join(" | ")}) echo "${takesFile(value) ? "<file>" : choices.join(" ")}" ;;`];
}

function argumentArm({ path, arguments: [first] }: CommandLeaf): string[] {
  if (first === undefined) return [];
  if (takesFile(first.name)) return [arm(path, ["<file>"])];
  return first.choices.length > 0 ? [arm(path, first.choices)] : [];
}
