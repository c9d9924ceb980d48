import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { PassThrough, Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { createTerminal, type OutputStream, type StandardStreams } from "../../src/host/terminal.ts";
import { expectFailure } from "./http-request.ts";

type Surroundings = Partial<StandardStreams> & { readonly env?: Record<string, string> };

function terminalOn({ env = {}, ...streams }: Surroundings = {}) {
  const redact = (text: string) => text.replaceAll("hunter2", "***");
  return createTerminal(
    { stdin: {}, stdout: new PassThrough(), stderr: new PassThrough(), ...streams },
    env,
    redact,
  );
}

function outputOf(size: Partial<Pick<OutputStream, "isTTY" | "columns" | "rows">>): OutputStream {
  return Object.assign(new PassThrough(), size);
}

describe("what it knows of itself", () => {
  test.each([
    [{}, {}, [80, 24]],
    [{ columns: 140, rows: 50 }, {}, [140, 50]],
    [{ columns: 140, rows: 50 }, { COLUMNS: "100", LINES: "10" }, [100, 10]],
    [{ columns: 140 }, { COLUMNS: "0", LINES: "-1" }, [140, 24]],
    [{ columns: 140 }, { COLUMNS: "wide", LINES: "" }, [140, 24]],
  ])("stdout %j with %j is %j wide and high", (size, env, expected) => {
    const { columns, rows } = terminalOn({ stdout: outputOf(size), env });
    expect([columns, rows]).toEqual(expected);
  });

  test("it follows a window that changes its size", () => {
    const stdout = new PassThrough();
    const terminal = terminalOn({ stdout });
    Object.assign(stdout, { columns: 33 });
    expect(terminal.columns).toBe(33);
  });

  test.each([
    [true, true, true],
    [true, false, false],
    [false, true, false],
    [undefined, undefined, false],
  ])("stdin a terminal: %s, stderr: %s, so someone can be asked: %s", (input, error, canAsk) => {
    const terminal = terminalOn({ stdin: { isTTY: input }, stderr: outputOf({ isTTY: error }) });
    expect(terminal).toMatchObject({ canAsk, stderrIsTerminal: error === true, stdoutIsTerminal: false });
  });
});

describe("writing", () => {
  test("both streams are redacted", async () => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const terminal = terminalOn({ stdout, stderr });
    expect(await terminal.write("token hunter2\n")).toBe(true);
    terminal.note("note hunter2\n");
    expect([String(stdout.read()), String(stderr.read())]).toEqual(["token ***\n", "note ***\n"]);
  });

  test("it waits for the reader", async () => {
    let take: () => void = () => {};
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        take = done;
      },
    });
    let written = false;
    const writing = terminalOn({ stdout })
      .write("x")
      .then((took) => {
        written = took;
      });
    await new Promise(setImmediate);
    expect(written).toBe(false);
    take();
    await writing;
    expect(written).toBe(true);
  });

  test("a reader that goes away is no error, and gets nothing more", async () => {
    const reader = spawn("head", ["-c", "1"], { stdio: ["pipe", "ignore", "inherit"] });
    const terminal = terminalOn({ stdout: reader.stdin });
    const gone = once(reader, "exit");
    const first = await terminal.write("x".repeat(1_000));
    await gone;
    await expect.poll(() => terminal.write("x".repeat(200_000))).toBe(false);
    expect([first, await terminal.write("more")]).toEqual([true, false]);
  });

  test("a full disk is an error", async () => {
    const stdout = createWriteStream("/dev/full");
    await expectFailure(terminalOn({ stdout }).write("x"), "no-storage", /standard output: the disk is full/);
  });

  test("an error stream that is closed ends nothing", async () => {
    const stderr = new PassThrough();
    const terminal = terminalOn({ stderr });
    stderr.destroy(new Error("gone"));
    terminal.note("unheard");
    expect(await terminal.write("heard")).toBe(true);
  });
});
