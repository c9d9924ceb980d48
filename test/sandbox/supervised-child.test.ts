import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startSupervised } from "../../src/sandbox/supervised-child.ts";
import { waitUntil } from "./wait-until.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cbctl-child-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const script = (text: string) => ["-c", `echo $$; ${text}`];
const start = (text: string) =>
  startSupervised({ file: "sh", cwd: folder }, script(text), path.join(folder, "log"));
const pidOf = () => waitUntil(() => Number(readFileSync(path.join(folder, "log"), "utf8").split("\n")[0]));

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it("runs a program and ends it", async () => {
  const child = start("exec sleep 600");
  const pid = await pidOf();
  expect([child.isRunning(), isAlive(pid)]).toEqual([true, true]);
  await child.stop();
  expect([child.isRunning(), isAlive(pid)]).toEqual([false, false]);
  await child.stop();
});

it("knows when the program has ended by itself", async () => {
  const child = start("echo last words >&2");
  await waitUntil(() => !child.isRunning());
  expect(readFileSync(path.join(folder, "log"), "utf8")).toContain("last words");
});

it("is not running where there is no such program", async () => {
  const child = startSupervised({ file: "/nonexistent", cwd: folder }, [], path.join(folder, "log"));
  await waitUntil(() => !child.isRunning());
});

it("ends a program that ignores SIGTERM", { timeout: 15_000 }, async () => {
  const child = start("trap '' TERM; while :; do sleep 0.2; done");
  const pid = await pidOf();
  await child.stop();
  await waitUntil(() => !isAlive(pid));
});

it("does not let the program outlive a parent that is killed with -9", async () => {
  const parentFile = path.join(folder, "parent.cjs");
  const log = path.join(folder, "log");
  await build({
    stdin: {
      contents: `
        import { startSupervised } from ${JSON.stringify(path.resolve("src/sandbox/supervised-child.ts"))};
        startSupervised({ file: "sh", cwd: ${JSON.stringify(folder)} }, ${JSON.stringify(script("exec sleep 600"))}, ${JSON.stringify(log)});
      `,
      resolveDir: process.cwd(),
    },
    bundle: true,
    platform: "node",
    outfile: parentFile,
    logLevel: "error",
  });
  const parent: ChildProcess = spawn(process.execPath, [parentFile], { stdio: "ignore" });
  const pid = await waitUntil(() => {
    try {
      return Number(readFileSync(log, "utf8").split("\n")[0]);
    } catch {
      return false;
    }
  });
  expect(isAlive(pid)).toBe(true);
  parent.kill("SIGKILL");
  await waitUntil(() => !isAlive(pid));
});
