import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { constants } from "node:os";
import { CbctlError, messageOf } from "../domain/errors.ts";

const BY_HAND = "run it by hand to see why";

/** Starts a program. Some refusals of the system come at once, others with `endOf`. */
export function start(path: string, rest: readonly string[], options: SpawnOptions): ChildProcess {
  try {
    return spawn(path, rest, options);
  } catch (error) {
    throw notStarted(path, error);
  }
}

/** The exit code, in the way of shells: 128 and the number of the signal that ended it. @param event `close` waits for the output as well. */
export function endOf(child: ChildProcess, path: string, event: "close" | "exit"): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(notStarted(path, error)));
    child.on(event, (code: number | null, name: NodeJS.Signals | null) => {
      resolve(code ?? 128 + (name === null ? 0 : constants.signals[name]));
    });
  });
}

/** Ends a program that was started in a process group of its own, and all that it started. */
export function killGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, name);
  } catch {
    // It ended by itself in the meantime.
  }
}

export function tookTooLong(path: string, timeoutMs: number): CbctlError {
  return new CbctlError("timed-out", `${path} did not end within ${timeoutMs / 1000} s`, { hint: BY_HAND });
}

export function wroteTooMuch(path: string, mostBytes: number): CbctlError {
  return new CbctlError("not-understood", `${path} wrote more than ${mostBytes / 2 ** 20} MiB`, {
    hint: BY_HAND,
  });
}

function notStarted(path: string, error: unknown): CbctlError {
  return new CbctlError("usage", `${path} could not be started`, { reason: messageOf(error), hint: BY_HAND });
}
