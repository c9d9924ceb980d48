import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/cbctl.ts";
import { expectNothingLeft, place, signalWhen } from "../support/place.ts";
import { processesWith } from "../support/processes.ts";
import { until } from "../support/sandbox.ts";
import { inTerminal } from "../support/terminal.ts";

const READY = "Ctrl-C ends";

/** A command that runs until it is ended; its command line names the folder. */
function endless(folder: string, onSignal = ""): string {
  return `'${process.execPath}' -e '${onSignal}console.log("it runs"); setInterval(() => {}, 9e5)' '${folder}'; :`;
}

describe("the sandbox ends with no process and no folder left", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("on %s", async (signal) => {
    const where = place();
    expect((await where.run([], signalWhen(signal, READY))).code).toBe(0);
    await expectNothingLeft(where);
  });

  test("on kill -9 no process is left", async () => {
    const where = place();
    const kill = signalWhen("SIGKILL", READY);
    let running = 0;
    const ran = await where.run(["--past", "1h"], {
      ...kill,
      onOutput(soFar) {
        if (soFar.stderr.includes(READY)) running = Math.max(running, processesWith(where.folder).length);
        kill.onOutput(soFar);
      },
    });
    expect(ran.signal).toBe("SIGKILL");
    expect(running).toBeGreaterThan(0);
    await until(() => processesWith(where.folder).length === 0, 20_000);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("on %s while a command runs in it", async (signal, code) => {
    const where = place();
    const argv = ["--only", "acme", "--exec", endless(where.folder)];
    expect((await where.run(argv, signalWhen(signal, "it runs"))).code).toBe(code);
    await expectNothingLeft(where);
  });

  test("on a second Ctrl-C, when the command does not listen to the first", async () => {
    const where = place();
    const deaf = endless(where.folder, 'process.on("SIGINT", () => console.log("not now")); ');
    const ran = await where.run(
      ["--only", "acme", "--exec", deaf],
      signalWhen("SIGINT", "it runs", "not now"),
    );
    expect(ran.code).toBe(130);
    await until(() => processesWith(where.folder).length === 0, 20_000);
  });

  test("on a signal while it starts", async () => {
    const where = place();
    const ran = await where.run(
      ["--past", "1h", "--exec", "echo never"],
      signalWhen("SIGINT", "9 instances"),
    );
    expect([ran.code, ran.stdout]).toEqual([130, ""]);
    await expectNothingLeft(where);
  });

  test("on Ctrl-C at a terminal", async () => {
    const where = place();
    const session = inTerminal(["sandbox", "--only", "acme"], { folder: temporaryFolder(), env: where.env });
    await session.see(READY, 30_000);
    session.type("\x03");
    expect(await session.ended()).toBe(0);
    await expectNothingLeft(where);
  });
});
