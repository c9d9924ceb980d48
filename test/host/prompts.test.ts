import { PassThrough } from "node:stream";
import { afterEach, describe, expect, test } from "vitest";
import { CbctlError } from "../../src/domain/errors.ts";
import { createPrompts } from "../../src/host/prompts.ts";
import { expectFailure } from "./http-request.ts";

const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const DOWN = "\u001b[B";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A terminal whose keys are typed by the test, and what it shows. */
function keyboard(canAsk = true) {
  const stdin = new PassThrough();
  const stderr = new PassThrough();
  const controller = new AbortController();
  let shown = "";
  stderr.on("data", (chunk) => {
    shown += chunk;
  });
  // A real standard error is never ended by what is piped into it.
  Object.assign(stderr, { end: () => stderr });
  stops.push(() => stdin.destroy());
  const redact = (text: string) => text.replaceAll("hunter2", "***");
  const streams = { stdin: stdin as unknown as NodeJS.ReadStream, stderr, signal: controller.signal, redact };
  return {
    prompts: createPrompts(
      () => canAsk,
      () => streams,
    ),
    stdin,
    stderr,
    controller,
    shown: () => shown,
    /** Types once the question stands there. */
    async type(question: string, ...keys: string[]) {
      await expect.poll(() => shown).toContain(question);
      for (const key of keys) stdin.write(key);
    },
  };
}

describe("an answer", () => {
  test.each([
    ["y\r", true],
    ["n\r", false],
    ["\r", false],
  ])("to confirm, typed as %j, is %s", async (keys, expected) => {
    const { prompts, type } = keyboard();
    const asked = prompts.confirm("Close it?");
    await type("Close it?", keys);
    expect(await asked).toBe(expected);
  });

  test("to input is the text", async () => {
    const { prompts, type } = keyboard();
    const asked = prompts.input("Which key?");
    await type("Which key?", "updog", "\r");
    expect(await asked).toBe("updog");
  });

  test("to select is the value of the choice", async () => {
    const { prompts, type } = keyboard();
    const choices = [
      { name: "Wait", value: "wait" },
      { name: "Reset", value: "reset" },
    ];
    const asked = prompts.select("What now?", choices);
    await type("What now?", DOWN, "\r");
    expect(await asked).toBe("reset");
  });

  test("to a second question comes as well", async () => {
    const { prompts, type } = keyboard();
    const first = prompts.input("First?");
    await type("First?", "a\r");
    expect(await first).toBe("a");
    const second = prompts.input("Second?");
    await type("Second?", "b\r");
    expect(await second).toBe("b");
  });

  test("is asked for without showing secrets", async () => {
    const { prompts, type, shown } = keyboard();
    const asked = prompts.confirm("Send hunter2 now?");
    await type("Send *** now?", "n\r");
    await asked;
    expect(shown()).not.toContain("hunter2");
  });
});

describe("without an answer it ends as interrupted", () => {
  type Keyboard = ReturnType<typeof keyboard>;
  test.each<[string, (at: Keyboard) => void]>([
    ["at Ctrl-C", ({ stdin }) => stdin.write(CTRL_C)],
    ["at Ctrl-D", ({ stdin }) => stdin.write(CTRL_D)],
    ["at the end of input", ({ stdin }) => stdin.end()],
    ["when the terminal is torn away", ({ stdin }) => stdin.destroy()],
    ["at half an answer and the end of input", ({ stdin }) => stdin.end("y")],
  ])("%s", async (_, act) => {
    const at = keyboard();
    const failed = expectFailure(at.prompts.confirm("Close it?"), "interrupted", /./);
    await at.type("Close it?");
    act(at);
    await failed;
  });

  test("when the input had ended before", async () => {
    const { prompts, stdin } = keyboard();
    stdin.resume().end();
    await expect.poll(() => stdin.readableEnded).toBe(true);
    await expectFailure(prompts.input("Which key?"), "interrupted", /standard input has ended/);
  });

  test("with the reason of the signal", async () => {
    const { prompts, type, controller } = keyboard();
    const failed = expectFailure(prompts.input("Which key?"), "terminated", /told to end/);
    await type("Which key?");
    controller.abort(new CbctlError("terminated", "told to end"));
    await failed;
  });

  test("when the signal was aborted before", async () => {
    const { prompts, controller, shown } = keyboard();
    controller.abort();
    await expectFailure(prompts.input("Which key?"), "interrupted", /./);
    expect(shown()).toBe("");
  });
});

test("Ctrl-D within a text only deletes", async () => {
  const { prompts, type } = keyboard();
  const asked = prompts.input("Which key?");
  await type("Which key?", "ab", CTRL_D, "\r");
  expect(await asked).toBe("ab");
});

test("it leaves no listener on its streams", async () => {
  const { prompts, type, stdin } = keyboard();
  const count = () => ["end", "close", "keypress"].map((event) => stdin.listenerCount(event));
  const counts: number[][] = [];
  for (const word of ["one", "two", "three"]) {
    const asked = prompts.input(`${word}?`);
    await type(`${word}?`, "x\r");
    await asked;
    counts.push(count());
  }
  expect(counts).toEqual([counts[0], counts[0], counts[0]]);
});

test("where nobody can be asked, nothing is shown", async () => {
  const { prompts, shown } = keyboard(false);
  const error = await expectFailure(prompts.confirm("Close it?"), "no-consent", /nobody can be asked/);
  expect(error.exitCode).toBe(4);
  await expectFailure(prompts.select("Which?", []), "no-consent", /./);
  expect(shown()).toBe("");
});
