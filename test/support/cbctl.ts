import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { checkAnswer } from "../../src/documents/answers.ts";

export const BIN = new URL("../../bin/cbctl.js", import.meta.url).pathname;

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Given to standard input, which then ends; without it standard input is empty. */
  readonly input?: string;
  /** Told the child as soon as it runs, to send it signals. */
  readonly onStart?: (child: ChildProcess) => void;
  /** Told every piece of output as it comes, with all that came before. */
  readonly onOutput?: (soFar: Ran) => void;
}

/** A folder of the test's own, removed when it ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cbctl-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An environment in which cbctl finds nothing of this user. */
export function cleanEnvironment(folder: string): Record<string, string> {
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, "config"),
    XDG_STATE_HOME: join(folder, "state"),
    XDG_CACHE_HOME: join(folder, "cache"),
    TERM: "xterm-256color",
  };
}

/**
 * Runs the built cbctl in a process of its own. Every command line is noted, for the test that compares what was run with
 * what `--help` names; every JSON answer is held against its schema.
 */
export async function cbctl(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  noteCommandLine(argv);
  const folder = options.env?.["HOME"] ?? temporaryFolder();
  const env = { ...cleanEnvironment(folder), ...options.env };
  const child = spawn(process.execPath, [BIN, ...argv], { env: definedOf(env), cwd: options.cwd ?? folder });
  options.onStart?.(child);
  const ran = await collect(child, options);
  if (wantsJson(argv) && ran.stdout.trim() !== "") assertSchema(ran.stdout);
  return ran;
}

/** The JSON answer of a run. */
export function json<T = Record<string, unknown>>(ran: Ran): T {
  return JSON.parse(ran.stdout) as T;
}

function collect(child: ChildProcess, { input = "", onOutput }: RunOptions): Promise<Ran> {
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    const told = () => onOutput?.({ code: null, signal: null, stdout, stderr });
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      told();
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      told();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
    child.stdin?.on("error", () => undefined).end(input);
  });
}

function definedOf(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

export function noteCommandLine(argv: readonly string[]): void {
  const file = process.env["CBCTL_COMMAND_LINES"];
  if (file) appendFileSync(file, `${JSON.stringify(argv)}\n`);
}

function wantsJson(argv: readonly string[]): boolean {
  const at = argv.findIndex((word) => word === "-o" || word === "--output");
  return at >= 0 && argv[at + 1] === "json";
}

function assertSchema(stdout: string): void {
  const value = JSON.parse(stdout) as { kind?: string };
  const issues = checkAnswer(value.kind ?? "Error", value);
  if (issues.length > 0)
    throw new Error(`the answer does not keep its schema: ${issues.join("; ")}\n${stdout.slice(0, 2_000)}`);
}
