import { Command, CommanderError } from "commander";
import type { OptionSpec } from "../commands/command.ts";
import { CbctlError, EXIT } from "../domain/errors.ts";
import type { Host } from "../host/host.ts";
import { VERSION } from "../version.ts";
import { COMMANDS, type CommandEntry, GROUPS } from "./commands.ts";
import { GLOBAL_OPTIONS, optionsOf } from "./options.ts";
import { errorDocument, exitCodeOfError } from "./report-error.ts";

const WIDEST_HELP = 110;

/** Parses one command line, loads the command that it names and runs it. @returns the exit code. */
export async function runProgram(argv: readonly string[], host: Host): Promise<number> {
  let exitCode: number = EXIT.ok;
  const chosen = async (entry: CommandEntry, leaf: Command) => {
    const [{ declare }, { runCommand }, spec] = await Promise.all([
      import("./declare.ts"),
      import("./run-command.ts"),
      entry.load(),
    ]);
    declare(leaf, spec);
    leaf.action(async () => {
      exitCode = await runCommand(spec, leaf, host);
    });
  };
  const output: string[] = [];
  const words = commandFirst(argv);
  const root = configuredRoot(host, (text) => output.push(text));
  addCommands(root, commandsNamed(words[0]), chosen);
  try {
    await root.parseAsync([...words], { from: "user" });
  } catch (error) {
    exitCode = await reportParsing(error, argv, host);
  }
  if (output.length > 0) await host.terminal.write(output.join(""));
  return exitCode;
}

/** The root command; its settings are inherited by all that are added to it. */
function configuredRoot(host: Host, write: (text: string) => void): Command {
  return new Command("cbctl")
    .exitOverride()
    .helpCommand(false)
    .configureHelp({ helpWidth: Math.min(host.terminal.columns, WIDEST_HELP) })
    .configureOutput({
      writeOut: write,
      writeErr: (text) => host.terminal.note(text),
      getOutHasColors: () => false,
      outputError: (text, write) => write(text.replace(/^error: /, "cbctl: ")),
    })
    .description("An operations command line for circuit breakers.")
    .usage("<command> [options]")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .addHelpText(
      "after",
      "\nOptions of all commands: cbctl <command> --help. Exit codes: cbctl help exit-codes.",
    );
}

/** The commands that a first word can mean: its own group, or all, for help and suggestions. */
function commandsNamed(first: string | undefined): readonly CommandEntry[] {
  const own = COMMANDS.filter(({ path }) => path === first || path.startsWith(`${first} `));
  return own.length > 0 ? own : COMMANDS;
}

function addCommands(
  root: Command,
  commands: readonly CommandEntry[],
  chosen: (entry: CommandEntry, leaf: Command) => Promise<void>,
): void {
  const groups = new Map<string, Command>();
  const entries = new Map<Command, CommandEntry>();
  for (const entry of commands) {
    const [first = "", second] = entry.path.split(" ");
    if (second !== undefined && !groups.has(first)) {
      const group = root.command(first).description(GROUPS[first] ?? "");
      groups.set(first, group.usage("<command> [options]").helpCommand(false));
    }
    const leaf = (groups.get(first) ?? root).command(second ?? first);
    entries.set(leaf.description(entry.summary), entry);
  }
  const prepare = async (_: Command, command: Command) => {
    const entry = entries.get(command);
    if (entry) await chosen(entry, command);
  };
  for (const parent of [root, ...groups.values()]) parent.hook("preSubcommand", prepare);
}

/** Options that stand before the command move behind it, and `help X` is `X --help`. */
export function commandFirst(argv: readonly string[]): readonly string[] {
  const takesValue = new Set(GLOBAL_OPTIONS.filter(({ flags }) => flags.includes("<")).flatMap(namesOf));
  takesValue.add("-o").add("--output");
  let at = 0;
  while (at < argv.length && argv[at]?.startsWith("-")) at += takesValue.has(argv[at] as string) ? 2 : 1;
  const leading = argv.slice(0, at);
  const rest = argv.slice(at);
  if (rest.length === 0) return argv;
  if (rest[0] === "help" && rest[1] !== "exit-codes") return [...rest.slice(1), "--help"];
  const words = rest[0] !== undefined && Object.hasOwn(GROUPS, rest[0]) ? 2 : 1;
  return [...rest.slice(0, words), ...leading, ...rest.slice(words)];
}

function namesOf({ flags }: OptionSpec): string[] {
  return flags
    .split(/[ ,]+/)
    .filter((word) => word.startsWith("-"))
    .map((word) => word.trim());
}

/** Help and version are no failures; commander has said what is wrong with a command line, a program is told as JSON. */
async function reportParsing(error: unknown, argv: readonly string[], host: Host): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
  const format = wantsJson(argv) ? "json" : "table";
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, "");
    const usage = errorDocument(new CbctlError("usage", message, { hint: "cbctl --help" }));
    if (format === "json") await host.terminal.write(`${JSON.stringify(usage, null, 2)}\n`);
    return EXIT.usage;
  }
  const { printError } = await import("./output.ts");
  await printError(error, optionsOf({ verbose: argv.includes("-v") }), format, host);
  return exitCodeOfError(error);
}

function wantsJson(argv: readonly string[]): boolean {
  return argv.some(
    (word, index) =>
      word === "-ojson" ||
      word === "--output=json" ||
      ((word === "-o" || word === "--output") && argv[index + 1] === "json"),
  );
}
