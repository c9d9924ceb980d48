import type { SecretSource } from "../domain/config.ts";
import type { HttpClient } from "./http.ts";

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with `interrupted` when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The terminal: stdout is the answer, stderr is everything else. */
export interface Terminal {
  /** Standard output is a terminal. */
  readonly stdoutIsTerminal: boolean;
  readonly stderrIsTerminal: boolean;
  /** Someone can be asked: standard input and standard error are terminals. */
  readonly canAsk: boolean;
  readonly columns: number;
  readonly rows: number;
  /** Writes to stdout; resolves when the reader took it. A closed pipe is not an error: `false`, and the rest is dropped. */
  write(text: string): Promise<boolean>;
  note(text: string): void;
}

/** Asks at the terminal. Every method rejects with CbctlError `interrupted` on Ctrl-C and at end of input. */
export interface Prompts {
  confirm(message: string): Promise<boolean>;
  input(message: string): Promise<string>;
  select(
    message: string,
    choices: readonly { readonly name: string; readonly value: string }[],
  ): Promise<string>;
}

/** Files of this machine. Paths are absolute. A missing file reads as null; other failures are CbctlErrors naming the path. */
export interface Files {
  readText(path: string): Promise<string | null>;
  /** Written whole or not at all, mode 0600, folders made as needed. */
  writeText(path: string, text: string): Promise<void>;
  listFolder(path: string): Promise<readonly string[]>;
  /** True when only this user (or root) can write the file and the folder it stands in. */
  isOnlyOurs(path: string): Promise<boolean>;
  /** Appends one block with O_APPEND and flushes it to disk. */
  appendFlushed(path: string, text: string): Promise<void>;
  /** The bytes of a file from an offset to its end; empty when it is missing. */
  readFrom(path: string, offset: number): Promise<Buffer>;
  remove(path: string): Promise<void>;
  makeTemporaryFolder(prefix: string): Promise<string>;
}

export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Programs, by argv, never through a shell. */
export interface Processes {
  run(
    argv: readonly string[],
    options: { readonly timeoutMs: number; readonly signal: AbortSignal },
  ): Promise<ProcessResult>;
  /** Runs with the terminal handed over; resolves with its exit code. */
  runAttached(
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<number>;
  /** The path of a program: in the folder of fetched parts, else in PATH; null when it is nowhere. */
  find(program: string): Promise<string | null>;
}

/** One redactor for everything that leaves the process. */
export interface Secrets {
  /** Reads a secret and registers it. @throws CbctlError `usage` naming the source, never the value. */
  read(source: SecretSource): Promise<string>;
  /** Registers a secret (and its encoded forms), so that no output shows it. */
  register(secret: string): void;
  redact(text: string): string;
}

/** Where things of the user and of the package live; absolute. */
export interface Places {
  readonly workingFolder: string;
  readonly packageFolder: string;
  readonly configFolder: string;
  readonly stateFolder: string;
  readonly cacheFolder: string;
}

/** Everything of the machine that cbctl touches. Nothing outside src/host reaches it by another way. */
export interface Host {
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly prompts: Prompts;
  readonly files: Files;
  readonly processes: Processes;
  readonly secrets: Secrets;
  readonly places: Places;
  readonly http: HttpClient;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly user: { readonly name: string; readonly host: string };
  /** Aborts on SIGINT and SIGTERM; `reason` is the CbctlError to end with. */
  readonly signal: AbortSignal;
  /** A fresh unguessable id, 26 characters, sortable by time. */
  newId(): string;
  /** SHA-256 of a text, in hex. */
  digest(text: string): string;
}
