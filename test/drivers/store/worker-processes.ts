import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { onTestFinished } from "vitest";

/** Bundles the worker so that a plain Node can run it; the path of the bundle. */
export async function bundleWorker(folder: string): Promise<string> {
  const outfile = join(folder, "append-worker.cjs");
  const entry = join(import.meta.dirname, "append-worker.ts");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
  });
  return outfile;
}

export interface WorkerRun {
  readonly child: ChildProcess;
  /** Lines that it wrote so far: one for each acknowledged append. */
  readonly acknowledged: string[];
  /** Its exit code and signal, once it has ended and all its lines are read. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts a worker; `onLine` sees each acknowledgement as it comes. It does not outlive the test. */
export function startWorker(
  script: string,
  file: string,
  count: number,
  onLine: (run: WorkerRun) => void = () => {},
): WorkerRun {
  const child = spawn(process.execPath, [script, file, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const acknowledged: string[] = [];
  const ended = once(child, "close").then(([code, signal]) => ({ code, signal }));
  const run = { child, acknowledged, ended };
  createInterface({ input: child.stdout }).on("line", (line) => {
    acknowledged.push(line);
    onLine(run);
  });
  return run;
}
