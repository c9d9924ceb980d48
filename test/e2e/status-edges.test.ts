import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BreakerList } from "../../src/domain/answers.ts";
import { adminServer, keyBreaker, sendJson } from "../support/admin-server.ts";
import { cbctl, json, temporaryFolder } from "../support/cbctl.ts";
import { refusedUrl } from "../support/http-servers.ts";
import { at, listing } from "../support/key-breakers.ts";

const RULES = ["any-open", "majority-open", "all-open", "half-open", "unknown", "not-closed"];

test("a key that stands in two groups is an error that names both", async () => {
  const server = await listing([keyBreaker("k", "open", {}, "a"), keyBreaker("k", "closed", {}, "b")]);
  const ran = await cbctl(["status", "k", ...at(server)]);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain("a/k, b/k");
  expect((await cbctl(["status", "b/k", "-o", "name", ...at(server)])).stdout).toBe("b/k\n");
});

describe("an empty list", () => {
  test("is an answer", async () => {
    const ran = await cbctl(["status", "-o", "json", ...at(await listing([]))]);
    expect(ran.code).toBe(0);
    expect(json(ran)).toMatchObject({ breakers: [], summary: { total: 0 } });
    expect(ran.stderr).toContain("no breakers registered yet");
  });

  test.each(RULES)("tells nothing to --fail-on %s", async (rule) => {
    const ran = await cbctl(["status", "--fail-on", rule, "-o", "json", ...at(await listing([]))]);
    expect(ran.code).toBe(9);
    expect(json<BreakerList>(ran).verdicts).toMatchObject([{ rule, firing: null }]);
  });

  test("is never a passed test", async () => {
    const ran = await cbctl(["status", "--fail-on", "any-open", "-o", "junit", ...at(await listing([]))]);
    expect(ran.code).toBe(9);
    expect(ran.stdout).toContain('tests="1" failures="0" errors="1"');
  });
});

describe("with one instance of two dead", () => {
  test("the others are listed, and the rest is not known", async () => {
    const alive = await listing([keyBreaker("k1", "closed"), keyBreaker("k2", "open")]);
    const dead = await refusedUrl();
    const ran = await cbctl(["status", "-o", "json", ...at(alive, { url: dead })]);
    expect(ran.code).toBe(9);
    const { breakers, errors } = json<BreakerList>(ran);
    expect(breakers.map(({ key, state }) => [key, state])).toEqual([
      ["k2", "open"],
      ["k1", "unknown"],
    ]);
    expect(errors).toMatchObject([{ instance: new URL(dead).host, code: "unreachable" }]);
    expect(ran.stderr).toContain("connection refused");
  });

  test.each([
    ["any-open", "open", 3],
    ["any-open", "closed", 9],
    ["all-open", "closed", 9],
    ["unknown", "closed", 3],
    ["not-closed", "half_open", 3],
  ])("--fail-on %s where the living one is %s", async (rule, state, code) => {
    const servers = [await listing([keyBreaker("k1", state)]), { url: await refusedUrl() }];
    const ran = await cbctl(["status", "--fail-on", rule, "-o", "json", ...at(...servers)]);
    expect(ran.code).toBe(code);
  });

  test("every format says so, or stderr does", async () => {
    const servers = [await listing([keyBreaker("k1", "closed")]), { url: await refusedUrl() }];
    for (const format of ["table", "wide", "yaml", "name", "csv", "junit", "github"]) {
      const ran = await cbctl(["status", "-o", format, ...at(...servers)]);
      expect([format, ran.code]).toEqual([format, 9]);
      expect(ran.stderr).toContain("could not be read");
    }
  });
});

test("instances that do not agree are mixed, counted by their worst state", async () => {
  const servers = [await listing([keyBreaker("k1", "open")]), await listing([keyBreaker("k1", "closed")])];
  const ran = await cbctl(["status", "-o", "json", ...at(...servers)]);
  expect(json(ran)).toMatchObject({
    breakers: [{ state: "open", instances: { total: 2, open: 1, closed: 1 } }],
    summary: { total: 1, open: 1, mixed: 1 },
  });
});

test("instances are asked at once", async () => {
  const waiting: (() => void)[] = [];
  const server = await adminServer((_, response) => {
    waiting.push(() => sendJson(response, [keyBreaker("k1", "closed")]));
    if (waiting.length === 3) for (const answer of waiting) answer();
  });
  const paths = ["a", "b", "c"].map((path) => ({ url: `${server.url}/${path}` }));
  const ran = await cbctl(["status", "-o", "json", ...at(...paths)]);
  expect(ran.code).toBe(0);
  expect(server.requests.map(({ path }) => path).sort()).toEqual([
    "/a/api/v1/circuit-breaker/stats",
    "/b/api/v1/circuit-breaker/stats",
    "/c/api/v1/circuit-breaker/stats",
  ]);
});

test("an unknown rule is a usage error that names near ones, and asks nobody", async () => {
  const server = await listing([]);
  const ran = await cbctl(["status", "--fail-on", "any-opn", ...at(server)]);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain("any-open");
  expect(server.requests).toEqual([]);
});

test("--fail-on takes an alert rule of the user's own", async () => {
  const home = temporaryFolder();
  const rules = join(home, "config/cbctl/alerts");
  mkdirSync(rules, { recursive: true });
  writeFileSync(
    join(rules, "third-open.yaml"),
    [
      "apiVersion: cbctl.dev/v1",
      "kind: AlertRule",
      "metadata: { name: third-open }",
      "spec: { severity: info, per: group, condition: { ref: openShare, gte: 0.33 } }",
      "",
    ].join("\n"),
  );
  const server = await listing(["open", "closed", "closed"].map((state, at) => keyBreaker(`k${at}`, state)));
  const ran = await cbctl(["status", "--fail-on", "third-open", "-o", "json", ...at(server)], {
    env: { HOME: home },
  });
  expect(ran.code).toBe(3);
  expect(json<BreakerList>(ran).verdicts).toMatchObject([{ rule: "third-open", subject: "deepseek" }]);
});
