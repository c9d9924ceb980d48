import { CbctlError, messageOf } from "../domain/errors.ts";
import type { Terminal } from "./host.ts";

export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
  write(text: string, done: (error?: Error | null) => void): boolean;
  on(event: "error", listener: (error: Error) => void): unknown;
}

export interface StandardStreams {
  readonly stdin: { readonly isTTY?: boolean | undefined };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

/** What a write gives whose reader has gone, `| head` for one. */
const READER_GONE: ReadonlySet<string | undefined> = new Set(["EPIPE", "ERR_STREAM_DESTROYED", "ECONNRESET"]);

/** The standard streams. Every text passes the redactor; a secret must stand in one text to be found. */
export function createTerminal(
  streams: StandardStreams,
  env: Readonly<Record<string, string | undefined>>,
  redact: (text: string) => string,
): Terminal {
  const { stdout, stderr } = streams;
  let readerGone = false;
  // A failed write is told to its callback; without a listener the same error would end the process.
  stdout.on("error", () => {});
  stderr.on("error", () => {});
  return {
    stdoutIsTerminal: stdout.isTTY === true,
    stderrIsTerminal: stderr.isTTY === true,
    get canAsk() {
      return streams.stdin.isTTY === true && stderr.isTTY === true;
    },
    get columns() {
      // A terminal that was never told its size says it has no columns.
      return sizeFrom(env.COLUMNS) ?? (stdout.columns || 80);
    },
    get rows() {
      return sizeFrom(env.LINES) ?? (stdout.rows || 24);
    },
    async write(text) {
      if (readerGone) return false;
      const error = await written(stdout, redact(text));
      if (error === null) return true;
      if (!READER_GONE.has(error.code)) throw refused(error);
      readerGone = true;
      return false;
    },
    note(text) {
      stderr.write(redact(text), () => {});
    },
  };
}

function written(stream: OutputStream, text: string): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => stream.write(text, (error) => resolve(error ?? null)));
}

function sizeFrom(text: string | undefined): number | null {
  return text !== undefined && /^[1-9]\d{0,4}$/.test(text) ? Number(text) : null;
}

function refused(error: NodeJS.ErrnoException): CbctlError {
  return new CbctlError("no-storage", "the answer could not be written to standard output", {
    reason: error.code === "ENOSPC" ? "the disk is full" : messageOf(error),
    hint: "send it to another place",
  });
}
