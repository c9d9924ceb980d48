import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { BreakerDescription } from "../../src/domain/answers.ts";
import { keyBreaker } from "../support/admin-server.ts";
import { cbctl, json } from "../support/cbctl.ts";
import { refusedUrl } from "../support/http-servers.ts";
import { at, listing } from "../support/key-breakers.ts";
import { sandboxOfTests } from "../support/sandbox.ts";

describe("with one breaker open", () => {
  const sandbox = sandboxOfTests(["--scenario", "one-open"]);
  const described = async (key: string, context: string) =>
    json<BreakerDescription>(await sandbox.run(["describe", key, "--context", context, "-o", "json"]));

  test("an open breaker that tells when it tries again", async () => {
    const { kind, breaker, instances, next } = await described("ledger", "acme");
    expect(kind).toBe("BreakerDescription");
    expect(breaker).toMatchObject({
      state: "open",
      nativeState: "OPEN",
      thresholds: { openDurationMs: 300_000 },
    });
    expect(instances.map(({ state }) => state)).toEqual(["open", "open", "open"]);
    expect(next).toHaveLength(1);
    expect(next[0]).toMatch(/^it tries again by itself in 4m\d+s|5m, at \d{4}-/);
  });

  test("an open breaker that does not tell when it opened", async () => {
    const { next } = await described("deepseek/deepseek-2", "key-breakers");
    expect(next[0]).toContain("5m after it opened");
  });

  test("an open breaker of a system that tells no thresholds", async () => {
    const { breaker, next } = await described("search-service", "gateway");
    expect(breaker.thresholds).toEqual({});
    expect(next).toEqual(["it tries again by itself; when, the system does not tell"]);
  });

  test("what the system cannot do, with how it is done by hand", async () => {
    const { capabilities } = await described("search-service", "gateway");
    const able = capabilities.filter(({ reaches }) => reaches.length > 0).map(({ verb }) => verb);
    expect(able).toEqual(["reset"]);
    expect(capabilities.find(({ verb }) => verb === "trip")?.instead).toMatch(/routes/);
  });

  test("the last changes made with cbctl, newest first, and what became of the breaker", async () => {
    const change = ["--context", "acme", "--yes", "--hold", "0s"];
    await sandbox.run(["trip", "rates", ...change, "--reason", "supplier down"]);
    const forced = await described("rates", "acme");
    expect(forced.breaker.state).toBe("forced_open");
    expect(forced.next).toEqual(["nothing, until it is released: cbctl release shipping/rates"]);
    await sandbox.run(["release", "rates", ...change]);
    await sandbox.run(["disable", "rates", ...change]);
    const { actions, next } = await described("rates", "acme");
    expect(actions.map(({ intent }) => intent.action)).toEqual(["disable", "release", "trip"]);
    expect(next).toEqual(["nothing, until it is enabled: cbctl enable shipping/rates"]);
    await sandbox.run(["enable", "rates", ...change]);
    const table = await sandbox.run(["describe", "rates", "--context", "acme"]);
    expect(table.stdout).toContain("last changes with cbctl");
    expect(table.stdout).toContain("supplier down");
  });

  test("the text has all of it, plain and uncut", async () => {
    const ran = await sandbox.run(["describe", "ledger", "--context", "acme"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toMatch(/^payments\/ledger · acme · acme\nstate +✖ open\n/);
    for (const part of ["on each instance", "thresholds", "what happens next", "what can be done"]) {
      expect(ran.stdout).toContain(`\n${part}\n`);
    }
    expect(ran.stdout).toMatch(/failureThreshold +5\n/);
    const wide = await sandbox.run(["describe", "ledger", "--context", "acme", "-o", "wide"]);
    expect(wide.stdout).toContain("NATIVE");
  });

  test("yaml says what json says", async () => {
    const ran = await sandbox.run(["describe", "index", "--context", "acme", "-o", "yaml"]);
    expect(parse(ran.stdout)).toMatchObject({ kind: "BreakerDescription", breaker: { key: "index" } });
  });

  test.each([
    ["ledgr", "ledger"],
    ["payments/rates", "rates"],
  ])("%s is unknown: 2, with near names", async (key, near) => {
    const ran = await sandbox.run(["describe", key, "--context", "acme"]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain(near);
  });

  test("a pattern that matches several is refused with what it matches", async () => {
    const ran = await sandbox.run(["describe", "payments/*", "--context", "acme"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("payments/ledger, payments/card-auth");
  });
});

test("half-open: how many good calls close it", async () => {
  const sick = await listing([keyBreaker("k1", "half_open", { success_threshold: 3 })]);
  const ran = await cbctl(["describe", "k1", "-o", "json", ...at(sick)]);
  expect(json<BreakerDescription>(ran).next[0]).toContain("3 good calls close it");
});

test("with an instance dead it is 9, and what the others told is there", async () => {
  const servers = [await listing([keyBreaker("k1", "closed")]), { url: await refusedUrl() }];
  const ran = await cbctl(["describe", "k1", "-o", "json", ...at(...servers)]);
  expect(ran.code).toBe(9);
  expect(json(ran)).toMatchObject({
    breaker: { state: "unknown", reason: "1 of 2 instances could not be read" },
    errors: [{ code: "unreachable" }],
    next: ["cannot tell: its state could not be read everywhere"],
  });
});

test("thresholds on which the instances differ are shown with each value", async () => {
  const servers = [
    await listing([keyBreaker("k1", "closed", { failure_threshold: 5 })]),
    await listing([keyBreaker("k1", "closed", { failure_threshold: 7 })]),
  ];
  const ran = await cbctl(["describe", "k1", ...at(...servers)]);
  expect(ran.stdout).toMatch(/failureThreshold +not alike: 5, 7/);
});

test("without a key it is a usage error", async () => {
  expect((await cbctl(["describe"])).code).toBe(2);
});
