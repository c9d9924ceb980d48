import { mkdirSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ChangeAnswer } from "../../src/domain/answers.ts";
import { adminServer, keyBreaker, sendJson } from "../support/admin-server.ts";
import { cbctl, json, temporaryFolder } from "../support/cbctl.ts";
import { keyServer, keyServers, personAt } from "../support/key-server.ts";

const TWO = [keyBreaker("k1", "closed"), keyBreaker("k2", "closed", { timeout: 30 })];
const SURE = ["--yes", "--hold", "0", "-o", "json"];

const bodies = (server: { writes(): { body: string }[] }) =>
  server.writes().map(({ body }) => JSON.parse(body));

test.each([
  ["a canonical count", ["failureThreshold=7"], { failure_threshold: 7 }],
  ["a duration in seconds", ["openDuration=90s"], { timeout: 90 }],
  ["a duration in minutes", ["openDuration=2m"], { timeout: 120 }],
  ["a duration in milliseconds that is whole in seconds", ["openDuration=90000ms"], { timeout: 90 }],
  ["the JSON name, in milliseconds", ["openDurationMs=90000"], { timeout: 90 }],
  ["the native name, in its own unit", ["timeout=90"], { timeout: 90 }],
  ["the native name with a unit", ["timeout=2m"], { timeout: 120 }],
  [
    "several at once, by any name",
    ["failure_threshold=7", "successThreshold=3", "openDuration=45s"],
    {
      failure_threshold: 7,
      success_threshold: 3,
      timeout: 45,
    },
  ],
])("patch takes %s", async (_, settings, body) => {
  const server = await keyServer(...TWO);
  const ran = await personAt([server]).run(["patch", "k1", ...settings, ...SURE]);
  expect(ran.code).toBe(0);
  expect(json(ran)).toMatchObject({ action: "patch", applied: 1, total: 1 });
  expect(server.writes()).toMatchObject([{ method: "PATCH", path: "/api/v1/circuit-breaker/k1/config" }]);
  expect(bodies(server)).toEqual([body]);
  expect(server.breakers.get("k1")?.config).toMatchObject(body);
  expect(server.breakers.get("k2")?.config).toEqual(TWO[1]?.config);
});

test.each([
  [
    "below its bound",
    ["failureThreshold=0"],
    "out-of-bounds",
    /failureThreshold.*(.|\n)*failure_threshold must be at least 1/,
  ],
  [
    "a duration below its bound",
    ["openDuration=0s"],
    "out-of-bounds",
    /openDuration(.|\n)*timeout must be at least 1s/,
  ],
  ["what seconds cannot hold", ["openDuration=1500ms"], "out-of-bounds", /not exact in seconds/],
  [
    "what seconds cannot hold, by its native name",
    ["timeout=1.5"],
    "out-of-bounds",
    /timeout in whole seconds/,
  ],
  ["a bare number under a duration's name", ["openDuration=90"], "usage", /a duration with its unit/],
  ["a fraction as a count", ["failureThreshold=2.5"], "usage", /a whole number/],
  ["a negative count", ["failureThreshold=-3"], "usage", /a whole number/],
  ["a word", ["failureThreshold=many"], "usage", /a whole number/],
  [
    "a threshold that nobody knows, with a near one",
    ["failureTreshold=7"],
    "unknown-name",
    /failureThreshold/,
  ],
  [
    "a threshold given twice, by two names",
    ["timeout=5", "openDuration=6s"],
    "usage",
    /openDuration is given twice/,
  ],
  ["a name without a value", ["failureThreshold="], "usage", /not NAME=VALUE/],
  ["nothing to set", [], "usage", /nothing to set/],
])("patch refuses %s with 2, before anything is asked", async (_, settings, code, says) => {
  const server = await keyServer(...TWO);
  const ran = await personAt([server]).run(["patch", "k1", ...settings, ...SURE]);
  expect(ran.code).toBe(2);
  expect(json(ran)).toMatchObject({ error: { code } });
  expect(ran.stderr).toMatch(says);
  expect(server.requests).toEqual([]);
});

test("a threshold that other systems have and this one has not: 4, with what it can set", async () => {
  const server = await keyServer(...TWO);
  const ran = await personAt([server]).run(["patch", "k1", "windowDuration=10s", ...SURE]);
  expect(ran.code).toBe(4);
  expect(ran.stderr).toMatch(/cannot set windowDuration(.|\n)*failureThreshold, successThreshold/);
  expect(server.requests).toEqual([]);
});

test("--all is one request, and its plan shows the difference of each breaker", async () => {
  const servers = await keyServers(2, ...TWO, keyBreaker("k3", "open", { timeout: 45 }));
  const argv = ["patch", "--all", "openDuration=45s", "--hold", "0"];
  const asked = await personAt(servers).run(argv);
  expect(asked.code).toBe(4);
  expect(asked.stderr).toMatch(/k1 .*openDuration 1m → 45s/);
  expect(asked.stderr).toMatch(/k2 .*openDuration 30s → 45s/);
  expect(asked.stderr).toMatch(/unchanged .*k3/);
  const done = await personAt(servers).run([...argv, "--yes", "--max", "3", "-o", "json"]);
  expect(done.code).toBe(0);
  const { results } = json<ChangeAnswer>(done);
  expect(results.map(({ key, outcome }) => `${key} ${outcome}`).slice(0, 3)).toEqual(
    ["k3 unchanged", "k1 applied", "k2 applied"].sort((a, b) => a.localeCompare(b)),
  );
  for (const server of servers) {
    expect(server.writes()).toMatchObject([{ path: "/api/v1/circuit-breaker/config" }]);
  }
});

test("values that are held already send nothing", async () => {
  const server = await keyServer(...TWO);
  const ran = await personAt([server]).run([
    "patch",
    "k1",
    "failureThreshold=5",
    "openDuration=1m",
    "-o",
    "json",
  ]);
  expect(ran.code).toBe(0);
  expect(json(ran)).toMatchObject({ journalId: null, results: [{ outcome: "unchanged" }] });
  expect(server.writes()).toEqual([]);
});

test("a patch that one instance refuses is applied in part: 8, with its words", async () => {
  const [good, bad] = [await keyServer(...TWO), await keyServer(...TWO)];
  const detail = [{ type: "greater_than", loc: ["body", "timeout"], msg: "Input should be less than 60" }];
  bad.onChange(({ response }) => sendJson(response, { detail }, 422));
  const ran = await personAt([good, bad]).run(["patch", "k1", "timeout=90", ...SURE]);
  expect(ran.code).toBe(8);
  const { results, applied } = json<ChangeAnswer>(ran);
  expect(applied).toBe(1);
  expect(results.map(({ outcome, message }) => [outcome, message])).toEqual([
    ["applied", null],
    ["failed", "answered 422: Input should be less than 60"],
  ]);
});

test("a server that takes only one of two values is unverified, with what it holds now", async () => {
  const server = await keyServer(...TWO);
  server.onChange(({ answer }) => {
    Object.assign(server.breakers.get("k1")?.config ?? {}, { failure_threshold: 7 });
    answer();
  });
  const ran = await personAt([server]).run(["patch", "k1", "failureThreshold=7", "timeout=90", ...SURE]);
  expect(ran.code).toBe(8);
  expect(json(ran)).toMatchObject({
    results: [
      { outcome: "unverified", after: { thresholds: { failureThreshold: 7, openDurationMs: 60_000 } } },
    ],
  });
  expect(json<ChangeAnswer>(ran).results[0]?.message).toMatch(/: openDuration=1m, not openDuration=1m30s$/);
});

test("a value that the system does not show is accepted, said so, and not confirmed: 8", async () => {
  const server = await keyServer(...TWO);
  const ran = await personAt([server]).run(["patch", "k1", "half_open_max_calls=4", ...SURE]);
  expect(ran.code).toBe(8);
  expect(bodies(server)).toEqual([{ half_open_max_calls: 4 }]);
  const [result] = json<ChangeAnswer>(ran).results;
  expect(result).toMatchObject({ outcome: "unverified" });
  expect(result?.message).toMatch(/halfOpenMaxCalls was accepted; the system does not show it/);
});

const READ_ONLY = `apiVersion: cbctl.dev/v1
kind: System
metadata: { name: shown, title: "Shows more than it sets" }
spec:
  read: { call: GET /breakers, key: id, state: state }
  thresholds:
    failureThreshold: { as: errors, min: 1 }
    openDuration: { as: wait_ms, unit: ms, readOnly: true }
  change:
    patch: { breaker: 'PATCH /breakers/\${key}' }
`;

test("a threshold that can only be read is refused with 4 and what can be set", async () => {
  const home = temporaryFolder();
  mkdirSync(`${home}/config/cbctl/systems`, { recursive: true, mode: 0o700 });
  writeFileSync(`${home}/config/cbctl/systems/shown.yaml`, READ_ONLY);
  const server = await adminServer((_, response) =>
    sendJson(response, [{ id: "a", state: "closed", errors: 5, wait_ms: 250 }]),
  );
  const where = ["--system", "shown", "--admin-url", server.url];
  const ran = await cbctl(["patch", "a", "openDuration=1s", "--yes", ...where], { env: { HOME: home } });
  expect(ran.code).toBe(4);
  expect(ran.stderr).toMatch(/shows openDuration but cannot set it(.|\n)*it can set failureThreshold$/m);
  expect(server.writes()).toEqual([]);
});
