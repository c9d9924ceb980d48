import { endOf, start } from "./child.ts";
import { interruptionOf } from "./interruption.ts";

export interface AttachOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** Ctrl-C at a terminal reaches the program by itself; told twice it might end the hard way. */
  readonly hearsInterrupts: boolean;
}

/** Hands the terminal over to a program, and the wish to end as well. @returns its exit code. */
export async function runAttached(
  path: string,
  rest: readonly string[],
  options: AttachOptions,
): Promise<number> {
  const { env, signal, hearsInterrupts } = options;
  const child = start(path, rest, { stdio: "inherit", env });
  const forward = () => {
    if (interruptionOf(signal).code === "terminated") child.kill("SIGTERM");
    else if (!hearsInterrupts) child.kill("SIGINT");
  };
  signal.addEventListener("abort", forward, { once: true });
  try {
    return await endOf(child, path, "exit");
  } finally {
    signal.removeEventListener("abort", forward);
  }
}
