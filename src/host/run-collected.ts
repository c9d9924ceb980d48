import type { CbctlError } from "../domain/errors.ts";
import { endOf, killGroup, start, tookTooLong, wroteTooMuch } from "./child.ts";
import type { ProcessResult } from "./host.ts";
import { interruptionOf } from "./interruption.ts";

export interface CollectOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const MOST_OUTPUT_BYTES = 64 * 2 ** 20;
/** From the wish to end to the end by force. */
const GRACE_MS = 2_000;

/** Runs a program to its end and keeps what it wrote. It has a process group of its own, so that what it started ends with it. */
export async function runCollected(
  path: string,
  rest: readonly string[],
  options: CollectOptions,
): Promise<ProcessResult> {
  const { timeoutMs, signal, env } = options;
  const child = start(path, rest, { detached: true, stdio: ["ignore", "pipe", "pipe"], env });
  const stopped: CbctlError[] = [];
  let killer: NodeJS.Timeout | undefined;
  const stop = (error: CbctlError) => {
    if (stopped.push(error) > 1) return;
    killGroup(child, "SIGTERM");
    killer = setTimeout(() => killGroup(child, "SIGKILL"), GRACE_MS);
  };
  const onAbort = () => stop(interruptionOf(signal));
  const tooMuch = () => stop(wroteTooMuch(path, MOST_OUTPUT_BYTES));
  const timer = setTimeout(() => stop(tookTooLong(path, timeoutMs)), timeoutMs);
  signal.addEventListener("abort", onAbort, { once: true });
  const [stdout, stderr] = [gather(child.stdout, tooMuch), gather(child.stderr, tooMuch)];
  try {
    const exitCode = await endOf(child, path, "close");
    if (stopped[0] !== undefined) throw stopped[0];
    return { exitCode, stdout: stdout(), stderr: stderr() };
  } finally {
    clearTimeout(timer);
    clearTimeout(killer);
    signal.removeEventListener("abort", onAbort);
  }
}

function gather(stream: NodeJS.ReadableStream | null, tooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream?.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_OUTPUT_BYTES) tooMuch();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString("utf8");
}
