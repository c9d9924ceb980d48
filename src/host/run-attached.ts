import { endOf, killGroup, start } from "./child.ts";
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
  // Away from a terminal it gets a group of its own, so that a shell takes along what it has started.
  const child = start(path, rest, { stdio: "inherit", env, detached: !hearsInterrupts });
  const forward = () => {
    const name = interruptionOf(signal).code === "terminated" ? "SIGTERM" : "SIGINT";
    if (!hearsInterrupts) killGroup(child, name);
    else if (name === "SIGTERM") child.kill(name);
  };
  // Told twice to end, this process ends at once, and what it runs must not outlive it.
  const takeAlong = () => (hearsInterrupts ? undefined : killGroup(child, "SIGKILL"));
  process.once("exit", takeAlong);
  signal.addEventListener("abort", forward, { once: true });
  try {
    return await endOf(child, path, "exit");
  } finally {
    signal.removeEventListener("abort", forward);
    process.off("exit", takeAlong);
  }
}
