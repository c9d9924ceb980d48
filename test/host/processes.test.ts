import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { CbctlError } from "../../src/domain/errors.ts";
import { createProcesses } from "../../src/host/processes.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";
import { expectFailure } from "./http-request.ts";

const newFolder = temporaryFolders();
const calm = new AbortController().signal;
const node = process.execPath;

function processesIn(folder: string, env: Record<string, string> = {}) {
  const { PATH = "" } = process.env;
  return createProcesses({
    env: { PATH, ...env },
    packageFolder: folder,
    workingFolder: folder,
    stdinIsTerminal: () => false,
  });
}

const run = (...argv: string[]) => processesIn("/").run(argv, { timeoutMs: 10_000, signal: calm });

function program(...path: string[]): string {
  const file = join(...path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\necho hello\n");
  chmodSync(file, 0o755);
  return file;
}

/** True while a process with this id lives. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
  } catch {
    return false;
  }
}

describe("running a program", () => {
  test("gives its output and its exit code", async () => {
    const script = 'process.stdout.write("out"); process.stderr.write("err"); process.exitCode = 7';
    expect(await run(node, "-e", script)).toEqual({ exitCode: 7, stdout: "out", stderr: "err" });
  });

  test("takes every argument as it is, and no shell reads it", async () => {
    const words = ["a b", "$HOME", "`id`", "'\"", "*", "; exit 3", ""];
    const { stdout } = await run(
      node,
      "-e",
      "console.log(JSON.stringify(process.argv.slice(1)))",
      "--",
      ...words,
    );
    expect(JSON.parse(stdout)).toEqual(words);
  });

  test("gives it no input to wait for", async () => {
    expect(await run("cat")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("tells a signal as shells do", async () => {
    expect(await run("sh", "-c", "kill -TERM $$")).toMatchObject({ exitCode: 143 });
  });

  test.each([
    ["that is nowhere", ["cbctl-no-such-program"], "usage", /there is no program "cbctl-no-such-program"/],
    ["by a path that is nowhere", ["/no/such/program"], "usage", /there is no program/],
    ["without a name", [], "usage", /there is no program ""/],
    ["that is a folder", ["/tmp"], "usage", /there is no program/],
    ["whose arguments are too long", ["true", "x".repeat(3_000_000)], "usage", /could not be started/],
  ] as const)("%s is the user's mistake", async (_, argv, code, words) => {
    await expectFailure(run(...argv), code, words);
  });

  test("ends it with all that it started when the time is up", async () => {
    const pidFile = join(newFolder(), "pid");
    const script = `sleep 600 & echo $! > ${pidFile}.new && mv ${pidFile}.new ${pidFile}; wait`;
    const started = processesIn("/").run(["sh", "-c", script], { timeoutMs: 300, signal: calm });
    await expectFailure(started, "timed-out", /sh did not end within 0\.3 s/);
    const grandchild = Number(readFileSync(pidFile, "utf8"));
    await expect.poll(() => lives(grandchild)).toBe(false);
  });

  test("ends one that does not listen", async () => {
    const deaf = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("deaf")';
    await expectFailure(
      processesIn("/").run([node, "-e", deaf], { timeoutMs: 300, signal: calm }),
      "timed-out",
      /./,
    );
  });

  test("a signal ends it with its own reason", async () => {
    const controller = new AbortController();
    const pidFile = join(newFolder(), "pid");
    const script = `echo $$ > ${pidFile}; exec sleep 600`;
    const running = processesIn("/").run(["sh", "-c", script], {
      timeoutMs: 60_000,
      signal: controller.signal,
    });
    const failed = expectFailure(running, "terminated", /told to end/);
    await expect.poll(() => existsSync(pidFile) && readFileSync(pidFile, "utf8")).toMatch(/\d+\n/);
    controller.abort(new CbctlError("terminated", "told to end"));
    await failed;
    expect(lives(Number(readFileSync(pidFile, "utf8")))).toBe(false);
  });

  test("a signal that was aborted before starts nothing", async () => {
    const file = join(newFolder(), "made");
    const options = { timeoutMs: 10_000, signal: AbortSignal.abort() };
    await expectFailure(processesIn("/").run(["touch", file], options), "interrupted", /./);
    expect(existsSync(file)).toBe(false);
  });

  test("a flood of output is cut off", async () => {
    await expectFailure(run("yes"), "not-understood", /yes wrote more than 64 MiB/);
  });
});

describe("finding a program", () => {
  test("among the fetched parts first, then in CBCTL_PARTS, then in PATH", async () => {
    const [own, other, path] = [newFolder(), newFolder(), newFolder()];
    const { find } = processesIn(own, { CBCTL_PARTS: other, PATH: path });
    const places = [
      join(path, "tool"),
      join(other, "tool"),
      join(other, "root/usr/bin/tool"),
      join(own, ".parts/root/usr/sbin/tool"),
    ];
    expect(await find("tool")).toBeNull();
    for (const place of places) {
      program(place);
      expect(await find("tool")).toBe(place);
    }
  });

  test("by a path from the working folder", async () => {
    const folder = newFolder();
    const file = program(folder, "bin/tool");
    expect(await processesIn(folder).find("./bin/tool")).toBe(file);
    expect(await processesIn(folder).find(file)).toBe(file);
    expect(await processesIn(folder).find("bin/other")).toBeNull();
  });

  test("what cannot be executed is none", async () => {
    const folder = newFolder();
    chmodSync(program(folder, "tool"), 0o644);
    mkdirSync(join(folder, "other"));
    const { find } = processesIn(folder, { PATH: folder });
    expect([await find("tool"), await find("other")]).toEqual([null, null]);
  });
});

describe("handing the terminal over", () => {
  test("gives the exit code, and its variables to the program", async () => {
    const script = 'test "$CBCTL_CONFIG" = /x/y && test -n "$PATH" && exit 5';
    expect(await processesIn("/").runAttached(["sh", "-c", script], { CBCTL_CONFIG: "/x/y" }, calm)).toBe(5);
  });

  test.each([
    ["terminated", "TERM", false, 41],
    ["interrupted", "INT", false, 42],
    ["terminated", "TERM", true, 41],
  ] as const)(
    "passes the wish to end on: %s as %s, at a terminal: %s",
    async (code, name, stdinIsTerminal, exitCode) => {
      const ready = join(newFolder(), "ready");
      const script = `trap 'exit 41' TERM; trap 'exit 42' INT; touch ${ready}; while :; do sleep 0.02; done`;
      const processes = createProcesses({
        env: process.env,
        packageFolder: "/",
        workingFolder: "/",
        stdinIsTerminal: () => stdinIsTerminal,
      });
      const controller = new AbortController();
      const ended = processes.runAttached(["bash", "-c", script], {}, controller.signal);
      await expect.poll(() => existsSync(ready)).toBe(true);
      controller.abort(new CbctlError(code, name));
      expect(await ended).toBe(exitCode);
    },
  );

  test("leaves Ctrl-C to the terminal, which tells the program by itself", async () => {
    const folder = newFolder();
    const [ready, go] = [join(folder, "ready"), join(folder, "go")];
    const script = `trap 'exit 42' INT; touch ${ready}; while [ ! -e ${go} ]; do sleep 0.02; done; exit 6`;
    const processes = createProcesses({
      env: process.env,
      packageFolder: "/",
      workingFolder: "/",
      stdinIsTerminal: () => true,
    });
    const controller = new AbortController();
    const ended = processes.runAttached(["bash", "-c", script], {}, controller.signal);
    await expect.poll(() => existsSync(ready)).toBe(true);
    controller.abort(new CbctlError("interrupted", "interrupted"));
    writeFileSync(go, "");
    expect(await ended).toBe(6);
  });

  test("a program that is nowhere is the user's mistake", async () => {
    await expectFailure(
      processesIn("/").runAttached(["cbctl-no-such-program"], {}, calm),
      "usage",
      /there is no program/,
    );
  });
});
