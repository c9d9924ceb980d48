import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

export interface Program {
  readonly file: string;
  readonly cwd: string;
}

/** A program that cannot outlive this process. */
export interface SupervisedChild {
  isRunning(): boolean;
  /** Ends it; resolves when it is gone. */
  stop(): Promise<void>;
}

// The shell keeps the program until its own standard input ends, which the kernel sees to even after a kill -9.
const supervisor = `
exec 3<&0
"$@" </dev/null 3<&- & child=$!
(read -r _ <&3; kill "$child" 2>/dev/null) &
exec 3<&-
wait "$child"`;

const patienceMs = 5000;

/** Starts a program with both its outputs appended to a file. */
export function startSupervised(program: Program, args: readonly string[], logFile: string): SupervisedChild {
  const log = openSync(logFile, "a");
  // A group of its own: Ctrl-C reaches only the sandbox, which then stops its children in order.
  const child = spawn("sh", ["-c", supervisor, "sh", program.file, ...args], {
    cwd: program.cwd,
    stdio: ["pipe", log, log],
    detached: true,
  });
  closeSync(log);
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  let running = true;
  void exited.then(() => {
    running = false;
    child.stdin?.destroy();
  });
  return {
    isRunning: () => running,
    async stop() {
      child.stdin?.end();
      const patience = new AbortController();
      const isLate = wait(patienceMs, true, { signal: patience.signal }).catch(() => false);
      if (await Promise.race([exited.then(() => false), isLate])) killGroup(child.pid);
      patience.abort();
      await exited;
    },
  };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It went in this very moment.
  }
}
