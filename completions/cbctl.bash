# bash completion of cbctl; made by `npm run generate`
_cbctl_commands() {
  case "$1" in
    "") echo "status describe reset trip release enable disable patch undo context system trust audit sandbox schema completion help" ;;
    "context") echo "list use show add" ;;
    "system") echo "list show lint" ;;
    "audit") echo "list show verify reconcile export" ;;
    "help") echo "exit-codes" ;;
  esac
}

_cbctl_options() {
  case "$1" in
    "status") echo "--state --group --by --fail-on -A --all-contexts -o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "describe") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "reset") echo "--all --group --yes --confirm --reason --incident --dry-run --hold --max --force -o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "trip") echo "--all --group --yes --confirm --reason --incident --dry-run --hold --max --force -o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "release") echo "--all --group --yes --confirm --reason --incident --dry-run --hold --max --force -o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "enable") echo "--all --group --yes --confirm --reason --incident --dry-run --hold --max --force -o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "disable") echo "--all --group --yes --confirm --reason --incident --dry-run --hold --max --force -o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "patch") echo "--all --group --yes --confirm --reason --incident --dry-run --hold --max --force -o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "undo") echo "--yes --confirm --reason --incident --dry-run --hold --max --force -o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "context list") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "context use") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "context show") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "context add") echo "--bearer-env --protected -o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "system list") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "system show") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "system lint") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "trust") echo "--yes -o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "audit list") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "audit show") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "audit verify") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "audit reconcile") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "audit export") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "sandbox") echo "--scenario --only --instances --as --quirk --past --time-scale --exec --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "schema") echo "--context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "completion") echo "--context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "help exit-codes") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help" ;;
    "") echo "-o --output --context --config --system --admin-url --prometheus-url --timeout --no-color --no-input -v --verbose --help --version" ;;
  esac
}

# The words that fit an option, and success when it takes a value at all.
_cbctl_values() {
  case "$1" in
    "status:--state") echo "open forced_open half_open unknown disabled metrics_only closed" ;;
    "status:--group") echo "" ;;
    "status:--by") echo "instance group" ;;
    "status:--fail-on") echo "" ;;
    "status:-o" | "status:--output") echo "table wide json yaml name csv junit github" ;;
    "describe:-o" | "describe:--output") echo "table wide json yaml" ;;
    "reset:--group") echo "" ;;
    "reset:--confirm") echo "" ;;
    "reset:--reason") echo "" ;;
    "reset:--incident") echo "" ;;
    "reset:--hold") echo "" ;;
    "reset:--max") echo "" ;;
    "reset:-o" | "reset:--output") echo "table wide json yaml name csv" ;;
    "trip:--group") echo "" ;;
    "trip:--confirm") echo "" ;;
    "trip:--reason") echo "" ;;
    "trip:--incident") echo "" ;;
    "trip:--hold") echo "" ;;
    "trip:--max") echo "" ;;
    "trip:-o" | "trip:--output") echo "table wide json yaml name csv" ;;
    "release:--group") echo "" ;;
    "release:--confirm") echo "" ;;
    "release:--reason") echo "" ;;
    "release:--incident") echo "" ;;
    "release:--hold") echo "" ;;
    "release:--max") echo "" ;;
    "release:-o" | "release:--output") echo "table wide json yaml name csv" ;;
    "enable:--group") echo "" ;;
    "enable:--confirm") echo "" ;;
    "enable:--reason") echo "" ;;
    "enable:--incident") echo "" ;;
    "enable:--hold") echo "" ;;
    "enable:--max") echo "" ;;
    "enable:-o" | "enable:--output") echo "table wide json yaml name csv" ;;
    "disable:--group") echo "" ;;
    "disable:--confirm") echo "" ;;
    "disable:--reason") echo "" ;;
    "disable:--incident") echo "" ;;
    "disable:--hold") echo "" ;;
    "disable:--max") echo "" ;;
    "disable:-o" | "disable:--output") echo "table wide json yaml name csv" ;;
    "patch:--group") echo "" ;;
    "patch:--confirm") echo "" ;;
    "patch:--reason") echo "" ;;
    "patch:--incident") echo "" ;;
    "patch:--hold") echo "" ;;
    "patch:--max") echo "" ;;
    "patch:-o" | "patch:--output") echo "table wide json yaml name csv" ;;
    "undo:--confirm") echo "" ;;
    "undo:--reason") echo "" ;;
    "undo:--incident") echo "" ;;
    "undo:--hold") echo "" ;;
    "undo:--max") echo "" ;;
    "undo:-o" | "undo:--output") echo "table wide json yaml name csv" ;;
    "context list:-o" | "context list:--output") echo "table wide json yaml name csv" ;;
    "context use:-o" | "context use:--output") echo "table wide json yaml name csv" ;;
    "context show:-o" | "context show:--output") echo "table wide json yaml" ;;
    "context add:--bearer-env") echo "" ;;
    "context add:-o" | "context add:--output") echo "table wide json yaml name csv" ;;
    "system list:-o" | "system list:--output") echo "table wide json yaml name csv" ;;
    "system show:-o" | "system show:--output") echo "table wide json yaml" ;;
    "system lint:-o" | "system lint:--output") echo "table wide json yaml" ;;
    "trust:-o" | "trust:--output") echo "table wide json yaml" ;;
    "audit list:-o" | "audit list:--output") echo "table wide json yaml name csv" ;;
    "audit show:-o" | "audit show:--output") echo "table wide json yaml" ;;
    "audit verify:-o" | "audit verify:--output") echo "table wide json yaml" ;;
    "audit reconcile:-o" | "audit reconcile:--output") echo "table wide json yaml" ;;
    "audit export:-o" | "audit export:--output") echo "table wide json yaml csv" ;;
    "sandbox:--scenario") echo "healthy one-open all-open majority-open flapping stuck-half-open false-alarm after-deploy never-opens metrics-missing slow-upstream recovering" ;;
    "sandbox:--only") echo "key-breakers gateway acme agent-breakers updog service-metrics router-policy router-extensions" ;;
    "sandbox:--instances") echo "" ;;
    "sandbox:--as") echo "documented real" ;;
    "sandbox:--quirk") echo "stale-gauge backoff-jitter guide-prefix bare-states flat-states empty-stats error-in-200 backend-down caching-proxy reload-fails" ;;
    "sandbox:--past") echo "" ;;
    "sandbox:--time-scale") echo "" ;;
    "sandbox:--exec") echo "" ;;
    "help exit-codes:-o" | "help exit-codes:--output") echo "table wide json yaml" ;;
    *":-o" | *":--output") echo "" ;;
    *":--context") echo "" ;;
    *":--config") echo "<file>" ;;
    *":--system") echo "" ;;
    *":--admin-url") echo "" ;;
    *":--prometheus-url") echo "" ;;
    *":--timeout") echo "" ;;
    *) return 1 ;;
  esac
}

_cbctl_arguments() {
  case "$1" in
    "system lint") echo "<file>" ;;
    "trust") echo "<file>" ;;
    "completion") echo "bash zsh fish" ;;
  esac
}

_cbctl() {
  local current="${COMP_WORDS[COMP_CWORD]}" command="" option="" index word words
  COMPREPLY=()
  for ((index = 1; index < COMP_CWORD; index++)); do
    word="${COMP_WORDS[index]}"
    if [[ -n $option ]]; then
      [[ $word == "=" ]] || option=""
    elif [[ $word == -* ]]; then
      _cbctl_values "$command:$word" >/dev/null && option="$word"
    elif [[ -n "$(_cbctl_commands "$command")" ]]; then
      command="${command:+$command }$word"
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
