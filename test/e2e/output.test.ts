import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { BreakerList } from "../../src/domain/answers.ts";
import { adminServer, keyBreaker, sendJson } from "../support/admin-server.ts";
import { BIN, cbctl, cleanEnvironment, json, noteCommandLine, temporaryFolder } from "../support/cbctl.ts";
import { refusedUrl } from "../support/http-servers.ts";
import { at, listing, manyBreakers } from "../support/key-breakers.ts";
import { until } from "../support/sandbox.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const ESCAPE = /\u001b/;

describe("what is answered and what is said", () => {
  test("stdout is the answer alone; progress and hints go to stderr", async () => {
    const ran = await cbctl(["status", "-v", "-o", "json", ...at(await listing([]))]);
    expect(json(ran)).toMatchObject({ kind: "BreakerList" });
    expect(ran.stderr).toMatch(/^> GET .*\n< 200 .*\n.*no breakers registered yet/);
  });

  test("a failure leaves stdout empty, and tells what, why and what to do", async () => {
    const ran = await cbctl(["status", ...at({ url: await refusedUrl() })]);
    expect([ran.code, ran.stdout]).toEqual([9, ""]);
    expect(ran.stderr).toMatch(/^cbctl: .+connection refused.*\n {2}at: {2}.+\n {2}try: .+\n$/);
  });

  test("a failure as JSON has the same parts", async () => {
    const ran = await cbctl(["status", "-o", "json", ...at({ url: await refusedUrl() })]);
    const { error } = json<{ error: Record<string, unknown> }>(ran);
    expect(Object.keys(error)).toEqual(["exitCode", "code", "message", "reason", "hint", "where"]);
    expect(error).toMatchObject({ exitCode: 9, code: "unreachable" });
  });

  test("a failure in any other format is told on stderr", async () => {
    for (const format of ["yaml", "name", "csv", "junit", "github"]) {
      const ran = await cbctl(["status", "-o", format, ...at({ url: await refusedUrl() })]);
      expect([format, ran.code, ran.stdout]).toEqual([format, 9, ""]);
      expect(ran.stderr).toContain("connection refused");
    }
  });

  test("times are RFC 3339 in UTC, durations whole milliseconds, and what is not told is null", async () => {
    const item = keyBreaker("k1", "open", { timeout: 90 });
    const list = json<BreakerList>(await cbctl(["status", "-o", "json", ...at(await listing([item]))]));
    expect(list.observedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(list.breakers[0]).toMatchObject({
      since: null,
      retryAt: null,
      thresholds: { openDurationMs: 90_000 },
    });
    expect(list.breakers[0]?.thresholds).not.toHaveProperty("halfOpenMaxCalls");
  });

  test("yaml quotes what YAML would read as something else", async () => {
    const items = ["no", "1e3", "0x1f", "~", "a: b", "- x", "#"].map((key) => keyBreaker(key, "open"));
    const ran = await cbctl(["status", "-o", "yaml", ...at(await listing(items))]);
    const { breakers } = parse(ran.stdout, { version: "1.1" }) as BreakerList;
    expect(breakers.map(({ key }) => key).sort()).toEqual(items.map(({ key_id }) => key_id).sort());
  });

  test("csv quotes commas, quotes and keeps every row one line", async () => {
    const ran = await cbctl(["status", "-o", "csv", ...at(await listing([keyBreaker('a,"b"', "open")]))]);
    expect(ran.stdout.split("\n")[1]).toMatch(/^ad-hoc,deepseek,"a,""b""",open,/);
  });
});

describe("piped", () => {
  test("long names are whole, without colour and borders, also where COLUMNS says 40", async () => {
    const key = "k".repeat(300);
    const server = await listing([keyBreaker(key, "open")]);
    const ran = await cbctl(["status", ...at(server)], { env: { COLUMNS: "40" } });
    expect(ran.stdout).toContain(key);
    expect(ran.stdout).not.toMatch(/[│┌╭…]/);
    expect(ran.stdout).not.toMatch(ESCAPE);
  });

  test("FORCE_COLOR paints, --no-color and NO_COLOR win over it", async () => {
    const server = await listing([keyBreaker("k", "open")]);
    const painted = async (env: Record<string, string>, ...argv: string[]) =>
      ESCAPE.test((await cbctl(["status", ...argv, ...at(server)], { env })).stdout);
    expect(await painted({})).toBe(false);
    expect(await painted({ FORCE_COLOR: "1" })).toBe(true);
    expect(await painted({ FORCE_COLOR: "0" })).toBe(false);
    expect(await painted({ FORCE_COLOR: "1" }, "--no-color")).toBe(false);
    expect(await painted({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(false);
    expect(await painted({ FORCE_COLOR: "1" }, "-o", "json")).toBe(false);
  });

  test("--no-input asks nothing", async () => {
    const server = await listing([keyBreaker("k", "open")]);
    expect((await cbctl(["status", "--no-input", ...at(server)])).code).toBe(0);
  });
});

/** Runs a shell line in which `"$@"` is cbctl; tells the exit codes of both sides of its pipe. */
function inShell(line: string, argv: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  noteCommandLine(argv);
  const env = cleanEnvironment(temporaryFolder());
  const child = spawn("bash", ["-c", line, "bash", process.execPath, BIN, ...argv], { env });
  const text = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (more: string) => {
    text.stdout += more;
  });
  child.stderr.setEncoding("utf8").on("data", (more: string) => {
    text.stderr += more;
  });
  return new Promise((resolve) => child.on("close", () => resolve(text)));
}

describe("a reader that goes early ends it quietly", () => {
  test.each(["table", "json", "csv", "name", "yaml"])("%s | head -1", async (format) => {
    const server = await listing(manyBreakers(20_000));
    const ran = await inShell(`"$@" | head -1; echo "codes \${PIPESTATUS[*]}"`, [
      "status",
      "-o",
      format,
      ...at(server),
    ]);
    expect(ran.stdout.trimEnd().split("\n")).toHaveLength(2);
    expect(ran.stdout).toContain("codes 0 0");
    expect(ran.stderr).toBe("");
  });

  test("what --fail-on found is still told", async () => {
    const server = await listing(manyBreakers(20_000));
    const argv = ["status", "--fail-on", "any-open", ...at(server)];
    expect((await inShell(`"$@" | head -1 >/dev/null; echo "codes \${PIPESTATUS[*]}"`, argv)).stdout).toBe(
      "codes 3 0\n",
    );
  });

  test("a full disk is not passed over", async () => {
    const argv = ["status", ...at(await listing(manyBreakers(10)))];
    const ran = await inShell(`"$@" > /dev/full; echo "code $?"`, argv);
    expect(ran.stdout).toBe("code 9\n");
    expect(ran.stderr).toContain("the disk is full");
  });
});

describe("10,000 breakers", () => {
  test.each([
    ["table", 10_001],
    ["wide", 10_001],
    ["csv", 10_001],
    ["name", 10_000],
  ])("%s has each, whole", async (format, count) => {
    const server = await listing(manyBreakers(10_000));
    const ran = await cbctl(["status", "-o", format, ...at(server)]);
    const lines = ran.stdout.trimEnd().split("\n");
    expect([ran.code, lines.length]).toEqual([0, count]);
    const keys = new Set(lines.flatMap((line) => /key-\d{6}/.exec(line)?.[0] ?? []));
    expect(keys.size).toBe(10_000);
    expect(ran.stdout).not.toContain("…");
  });

  test("cost grows with their number, not faster", async () => {
    const cpuMs = async (count: number) => {
      const server = await listing(manyBreakers(count));
      const times = await Promise.all([1, 2, 3].map(() => cpuOf(["status", ...at(server)])));
      return Math.min(...times);
    };
    const [few, many] = [await cpuMs(2_500), await cpuMs(10_000)];
    const times = (many / few).toFixed(1);
    process.stdout.write(
      `status: ${few} ms of CPU for 2,500 breakers, ${many} ms for 10,000: ${times} times\n`,
    );
    expect(many / few).toBeLessThan(8);
  });
});

/** User CPU time of one run, in milliseconds, as the shell counts it. */
async function cpuOf(argv: readonly string[]): Promise<number> {
  const { stderr } = await inShell(`TIMEFORMAT=%U; time "$@" >/dev/null`, argv);
  return Number(stderr.trim()) * 1_000;
}

describe("interrupted while it waits", () => {
  test.each([
    ["SIGINT", 130, "interrupted"],
    ["SIGTERM", 143, "terminated"],
  ] as const)("%s ends it at once with %i", async (signal, code, word) => {
    const server = await adminServer(() => undefined);
    const ran = await cbctl(["status", "-o", "json", ...at(server)], {
      onStart: (child) => void until(() => server.requests.length > 0).then(() => child.kill(signal)),
    });
    expect(ran.code).toBe(code);
    expect(json(ran)).toMatchObject({ error: { exitCode: code, code: word } });
  });

  test("a second of two instances that answers is no answer then", async () => {
    const hanging = await adminServer(() => undefined);
    const quick = await adminServer((_, response) => sendJson(response, [keyBreaker("k", "closed")]));
    const ran = await cbctl(["status", ...at(hanging, quick)], {
      onStart: (child) =>
        void until(() => hanging.requests.length + quick.requests.length === 2).then(() =>
          child.kill("SIGINT"),
        ),
    });
    expect([ran.code, ran.stdout]).toEqual([130, ""]);
  });
});

test("--timeout bounds one round, however many instances hang", async () => {
  const hanging = await Promise.all([1, 2, 3].map(() => adminServer(() => undefined)));
  const began = Date.now();
  const ran = await cbctl(["status", "--timeout", "500ms", ...at(...hanging)]);
  expect(ran.code).toBe(9);
  expect(ran.stderr).toContain("within 0.5 s");
  expect(Date.now() - began).toBeLessThan(6_000);
});

test("the bin is executable and names no interpreter but node", () => {
  expect(readFileSync(BIN, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});
