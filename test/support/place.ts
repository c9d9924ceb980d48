import type { ChildProcess } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { cbctl, type Ran, type RunOptions, temporaryFolder } from "./cbctl.ts";
import { processesWith } from "./processes.ts";
import { until } from "./sandbox.ts";

/** Somewhere to run `cbctl sandbox` and to see afterwards that nothing of it is left. */
export interface Place {
  /** Holds all that the sandbox writes; every process it starts names it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>;
}

export function place(): Place {
  const home = temporaryFolder();
  const folder = join(home, "tmp");
  mkdirSync(folder);
  const env = { HOME: home, TMPDIR: folder };
  return { folder, env, run: (argv, options) => cbctl(["sandbox", ...argv], { ...options, env }) };
}

/** No file, and soon no process. */
export async function expectNothingLeft({ folder }: Place): Promise<void> {
  expect(readdirSync(folder)).toEqual([]);
  await until(() => processesWith(folder).length === 0, 20_000);
}

/** Sends a signal once for each text, when the output holds it: the first, then the next. */
export function signalWhen(
  signal: NodeJS.Signals,
  ...texts: readonly string[]
): Required<Pick<RunOptions, "onStart" | "onOutput">> {
  const awaited = [...texts];
  let child: ChildProcess | null = null;
  return {
    onStart(started) {
      child = started;
    },
    onOutput({ stdout, stderr }) {
      const [next] = awaited;
      if (next === undefined || !(stdout + stderr).includes(next)) return;
      awaited.shift();
      child?.kill(signal);
    },
  };
}
