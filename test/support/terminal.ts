import { spawn } from "node:child_process";
import { BIN, cleanEnvironment, noteCommandLine } from "./cbctl.ts";

export interface TerminalSession {
  /** Waits until the screen's text, with escape sequences taken out, holds this. */
  see(text: string | RegExp, mostMs?: number): Promise<void>;
  /** Types keys: `\r` is Enter, `\x03` Ctrl-C, `\x04` end of input. */
  type(keys: string): void;
  /** All that was written so far, raw. */
  raw(): string;
  plain(): string;
  /** The exit code of cbctl, when it has ended. */
  ended(): Promise<number>;
}

export interface TerminalOptions {
  readonly folder: string;
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** A file to read standard input from, instead of the terminal. */
  readonly stdin?: string;
}

/** Runs the built cbctl in a real pseudo-terminal, by util-linux's `script`. */
export function inTerminal(argv: readonly string[], options: TerminalOptions): TerminalSession {
  noteCommandLine(argv);
  const { folder, columns = 80, rows = 24 } = options;
  const stdin = options.stdin === undefined ? "" : ` < '${options.stdin}'`;
  const command = [process.execPath, BIN, ...argv]
    .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
    .join(" ");
  const inside = `stty cols ${columns} rows ${rows}; exec ${command}${stdin}`;
  const env = { ...cleanEnvironment(folder), ...options.env };
  const child = spawn("script", ["-qefc", inside, "/dev/null"], { env, cwd: options.cwd ?? folder });
  let raw = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    raw += text;
  });
  child.stdin.on("error", () => undefined);
  const ended = new Promise<number>((resolve) => child.on("close", (code) => resolve(code ?? -1)));
  const plain = () => withoutEscapes(raw);
  return {
    raw: () => raw,
    plain,
    type: (keys) => void child.stdin.write(keys),
    ended: () => ended,
    async see(text, mostMs = 10_000) {
      const deadline = Date.now() + mostMs;
      while (!(typeof text === "string" ? plain().includes(text) : text.test(plain()))) {
        if (Date.now() > deadline) throw new Error(`never saw ${text}; the screen says:\n${plain()}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

export function withoutEscapes(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  return text.replace(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|[()][A-Z0-9]|\][^\u0007]*\u0007|[=>])/g, "");
}
