import { describe, expect, test } from "vitest";
import { jsonOf, runCbctl } from "../support/fake-host.ts";
import { at, keyBreaker, keyBreakers } from "./fleet-server.ts";

const serve = keyBreakers({
  a: [keyBreaker("k1", "open"), keyBreaker("k2"), keyBreaker("k3", "closed", "openai")],
  b: [keyBreaker("k1"), keyBreaker("k2"), keyBreaker("k3", "half_open", "openai")],
  empty: [],
  dead: null,
});

const status = (...argv: string[]) => runCbctl(["status", ...argv], { serve });

describe("status", () => {
  test("is a table, worst first, and asks each instance once", async () => {
    const ran = await status(...at("a", "b"));
    expect(ran.code).toBe(0);
    expect(
      ran.stdout
        .split("\n")
        .filter((line) => /k\d/.test(line))
        .map((line) => /k\d/.exec(line)?.[0]),
    ).toEqual(["k1", "k3", "k2"]);
    expect(ran.stderr).toBe("");
    expect(ran.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET http://a/api/v1/circuit-breaker/stats",
      "GET http://b/api/v1/circuit-breaker/stats",
    ]);
  });

  test("says the same as JSON and as YAML", async () => {
    const json = jsonOf(await status(...at("a"), "-o", "json"));
    expect(json).toMatchObject({
      kind: "BreakerList",
      context: "ad-hoc",
      system: "key-breakers",
      observedAt: "2026-03-01T12:00:00.000Z",
      breakers: [
        { key: "k1", group: "deepseek", state: "open", thresholds: { openDurationMs: 60_000 } },
        { key: "k2" },
        { key: "k3" },
      ],
      summary: { total: 3, open: 1, closed: 2 },
      errors: [],
    });
    const yaml = await status(...at("a"), "-o", "yaml");
    expect(yaml.stdout).toContain("kind: BreakerList");
    expect(yaml.stdout).toContain("openDurationMs: 60000");
  });

  test.each([
    [["--state", "open"], ["k1"]],
    [
      ["--state", "open,half_open"],
      ["k1", "k3"],
    ],
    [
      ["--state", "open", "--state", "half_open"],
      ["k1", "k3"],
    ],
    [["--group", "openai"], ["k3"]],
    [["k2"], ["k2"]],
    [["deepseek/*"], ["k1", "k2"]],
    [
      ["k3", "k1"],
      ["k1", "k3"],
    ],
  ])("%o shows %o", async (argv, keys) => {
    const { stdout, code } = await status(...at("a", "b"), ...argv, "-o", "name");
    expect(
      stdout
        .trim()
        .split("\n")
        .map((name) => name.split("/").at(-1)),
    ).toEqual(keys);
    expect(code).toBe(0);
  });

  test.each([
    [["--by", "group"], "GroupList"],
    [["--by", "instance"], "InstanceList"],
  ])("%o is a %s", async (argv, kind) => {
    expect(jsonOf(await status(...at("a", "b"), ...argv, "-o", "json"))).toMatchObject({
      kind,
      summary: { total: 3, mixed: 2 },
    });
  });

  test.each([
    ["any-open", ["a"], 3],
    ["any-open", ["empty"], 9],
    ["majority-open", ["a"], 0],
    ["not-closed", ["a"], 3],
    ["unknown", ["a"], 0],
    ["unknown", ["a", "dead"], 3],
    ["half-open", ["a", "dead"], 9],
    ["any-open", ["a", "dead"], 3],
  ])("--fail-on %s at %o ends with %i", async (rule, hosts, code) => {
    const ran = await status(...at(...hosts), "--fail-on", rule, "-o", "json");
    expect(ran.code).toBe(code);
    expect(jsonOf<{ verdicts: object[] }>(ran).verdicts[0]).toMatchObject({ rule });
  });

  test("an instance that is dead is named on stderr, and what it may hold is unknown", async () => {
    const ran = await status(...at("a", "dead"), "-o", "json");
    expect(ran.code).toBe(9);
    expect(ran.stderr).toBe(
      "cbctl: ad-hoc: dead could not be read: cannot reach http://dead: connection refused\n",
    );
    expect(jsonOf(ran)).toMatchObject({
      summary: { open: 1, closed: 0, unknown: 2 },
      errors: [{ instance: "dead", code: "unreachable" }],
    });
  });

  test("none registered is an answer, said on stderr", async () => {
    const ran = await status(...at("empty"));
    expect(ran.code).toBe(0);
    expect(ran.stderr).toContain("no breakers registered yet");
  });

  test("an instance named twice is asked once", async () => {
    const ran = await status(...at("a", "a"), "-o", "json");
    expect(ran.requests).toHaveLength(1);
    expect(jsonOf(ran)).toMatchObject({ breakers: [{ instances: { total: 1 } }, {}, {}] });
  });
});

describe("status fails", () => {
  test.each([
    ["where nothing answers", at("dead"), 9, "unreachable", /^no instance could be read/],
    ["for a key that is none", [...at("a"), "k9"], 2, "unknown-name", /^no breaker "k9"/],
    [
      "for a rule that is none",
      [...at("a"), "--fail-on", "any-opn"],
      2,
      "unknown-name",
      /^no alert rule "any-opn"/,
    ],
    [
      "for a system that is none",
      ["--system", "key-breaker", "--admin-url", "http://a"],
      2,
      "unknown-name",
      /^no system "key-breaker"/,
    ],
    [
      "for a timeout that is none",
      [...at("a"), "--timeout", "soon"],
      2,
      "usage",
      /^--timeout: "soon" is not a duration/,
    ],
    ["for a state that is none", [...at("a"), "--state", "opn"], 2, "usage", /Allowed choices are open/],
    [
      "for a URL that is none",
      ["--system", "acme", "--admin-url", "localhost:8080"],
      2,
      "usage",
      /is not an http or https URL/,
    ],
    [
      "for a secret in a URL",
      ["--system", "acme", "--admin-url", "http://ana:pw@h"],
      2,
      "usage",
      /^credentials do not belong in a URL/,
    ],
    ["without any context", [], 2, "usage", /^no context is known/],
    ["without a system", ["--admin-url", "http://a"], 2, "usage", /does not say which system answers there/],
    ["without an address", ["--system", "acme"], 2, "usage", /does not say where it runs/],
    ["by two things at once", [...at("a"), "--context", "prod"], 2, "usage", /exclude each other/],
    ["by -A with --by", ["-A", "--by", "group"], 2, "usage", /exclude each other/],
  ])("%s", async (_, argv, code, word, message) => {
    const ran = await status(...argv, "-o", "json");
    expect(ran.code).toBe(code);
    expect(jsonOf(ran)).toMatchObject({
      error: { exitCode: code, code: word, message: expect.stringMatching(message) },
    });
    expect(ran.stderr).not.toBe("");
    const table = await status(...argv);
    expect([table.code, table.stdout]).toEqual([code, ""]);
  });
});

describe("status of every context", () => {
  const config = (contexts: object) =>
    new Map([
      ["/config/config.yaml", JSON.stringify({ apiVersion: "cbctl.dev/v1", kind: "Config", contexts })],
    ]);
  const one = (host: string) => ({ system: "key-breakers", instances: `http://${host}` });

  test.each([
    ["all well", { x: one("a"), y: one("b") }, 0, ["x", "y"], []],
    [
      "one that cannot be read",
      { x: one("a"), y: one("dead") },
      9,
      ["x"],
      [{ context: "y", code: "unreachable" }],
    ],
    [
      "one whose system is none",
      { x: one("a"), y: { ...one("b"), system: "nope" } },
      9,
      ["x"],
      [{ context: "y", code: "unknown-name" }],
    ],
  ])("%s", async (_, contexts, code, read, errors) => {
    const ran = await runCbctl(["status", "-A", "-o", "json"], { serve, files: config(contexts) });
    expect(ran.code).toBe(code);
    const answer = jsonOf<{ items: { context: string }[]; errors: object[] }>(ran);
    expect(answer.items.map(({ context }) => context)).toEqual(read);
    expect(answer.errors).toMatchObject(errors);
  });

  test("without any is a usage error", async () => {
    expect(await runCbctl(["status", "-A"])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no context is known"),
    });
  });
});
