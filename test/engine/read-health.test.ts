import { expect, test } from "vitest";
import { CbctlError } from "../../src/domain/errors.ts";
import { readHealth } from "../../src/engine/read-health.ts";
import { answerOf, systemOf } from "../dialect/system-fixture.ts";
import { fakeContext } from "./fake-context.ts";
import { breaker, fakeFleet } from "./fake-fleet.ts";

const HEALTH = { call: { http: "GET /ready" }, accept: [200, 503], ready: "ready", degraded: "degraded" };
type Told = { readonly ready: boolean; readonly degraded: readonly string[] } | Error;

function contextOf(told: Readonly<Record<string, Told>>, health: typeof HEALTH | null = HEALTH) {
  const fleet = fakeFleet(
    Object.fromEntries(Object.keys(told).map((name) => [name, [breaker("k", "closed")]])),
  );
  const asked: string[] = [];
  const send: typeof fleet.calls.send = async (call, { name }) => {
    asked.push(`${call.method} ${call.path}`);
    const answer = told[name];
    if (answer instanceof Error) throw answer;
    return answerOf(answer?.ready ? 200 : 503, answer);
  };
  const { context } = fakeContext(fleet, { system: systemOf({ health }), calls: { ...fleet.calls, send } });
  return { context, asked };
}

const well = { ready: true, degraded: [] };
const ill = (...degraded: string[]) => ({ ready: false, degraded });
const down = new CbctlError("unreachable", "connection refused");
const source = "GET /ready";

test.each<[string, Readonly<Record<string, Told>>, unknown]>([
  ["all ready", { a: well, b: well }, { ready: true, degraded: [], source }],
  ["one is not", { a: well, b: ill("db") }, { ready: false, degraded: ["db"], source }],
  [
    "names of all, once",
    { a: ill("db", "cache"), b: ill("db") },
    { ready: false, degraded: ["cache", "db"], source },
  ],
  ["one is away, the rest ready", { a: well, b: down }, null],
  ["one is away, one is not ready", { a: ill("db"), b: down }, { ready: false, degraded: ["db"], source }],
  ["all away", { a: down, b: down }, null],
])("%s", async (_, told, health) => {
  const { context, asked } = contextOf(told);
  expect(await readHealth(context)).toEqual(health);
  expect(asked).toEqual(["GET /ready", "GET /ready"]);
});

test("a system that has no such call is not asked", async () => {
  const { context, asked } = contextOf({ a: well }, null);
  expect(await readHealth(context)).toBeUndefined();
  expect(asked).toEqual([]);
});

test("a fault of cbctl itself is not taken for an answer", async () => {
  await expect(readHealth(contextOf({ a: new TypeError("broken") }).context)).rejects.toThrow("broken");
});
