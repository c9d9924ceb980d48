import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { BIN, cbctl, cleanEnvironment, noteCommandLine, type Ran, type RunOptions } from "./cbctl.ts";

export interface RunningSandbox {
  /** The config file with one context for each system. */
  readonly config: string;
  /** Admin URLs by system, an instance each. */
  readonly urls: Readonly<Record<string, readonly string[]>>;
  readonly stderr: () => string;
  /** Ends it as a person would, with Ctrl-C, and tells its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `cbctl sandbox` and waits until its fault is there. Stop it in `afterAll`. */
export async function startSandbox(folder: string, argv: readonly string[]): Promise<RunningSandbox> {
  noteCommandLine(["sandbox", ...argv]);
  const child = spawn(process.execPath, [BIN, "sandbox", ...argv], {
    env: cleanEnvironment(folder),
    cwd: folder,
  });
  let stdout = "";
  let stderr = "";
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const config = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      const found = /^export CBCTL_CONFIG=(.+)$/m.exec(stdout)?.[1];
      if (found) resolve(found);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    void ended.then((code) => reject(new Error(`the sandbox ended with ${code}: ${stderr}`)));
  });
  const urls: Record<string, string[]> = {};
  await until(() => stderr.includes("Ctrl-C ends"));
  for (const [, name = "", list = ""] of stderr.matchAll(/^ {2}([a-z][a-z-]+) +(http.+)$/gm)) {
    urls[name] = list.trim().split(/\s+/);
  }
  return {
    config,
    urls,
    stderr: () => stderr,
    async stop() {
      child.kill("SIGINT");
      return ended;
    },
  };
}

/** Waits for a condition, looking again each few milliseconds; throws after `mostMs`. */
export async function until(condition: () => boolean | Promise<boolean>, mostMs = 10_000): Promise<void> {
  const deadline = Date.now() + mostMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited ${mostMs} ms in vain for ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export interface SandboxOfTests {
  /** Runs cbctl with the sandbox's config. */
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  readonly running: () => RunningSandbox;
}

/** One sandbox for the tests of a `describe` block: started before the first, ended after the last. */
export function sandboxOfTests(argv: readonly string[]): SandboxOfTests {
  const folder = mkdtempSync(join(tmpdir(), "cbctl-test-"));
  let started: RunningSandbox | null = null;
  beforeAll(async () => {
    started = await startSandbox(folder, argv);
  }, 60_000);
  afterAll(async () => {
    await started?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
  const running = () => {
    if (started === null) throw new Error("the sandbox has not started");
    return started;
  };
  return {
    running,
    run: (args, options = {}) =>
      cbctl(args, { ...options, env: { HOME: folder, CBCTL_CONFIG: running().config, ...options.env } }),
  };
}
