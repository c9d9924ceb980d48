import { expect, test } from "vitest";
import { healthOf } from "../../src/dialect/health.ts";
import { fillInputs } from "../../src/dialect/inputs.ts";
import { answerOf, systemOf } from "./system-fixture.ts";

const CALL = { call: { http: "GET /ready" }, accept: [200, 503], ready: "ready", degraded: "degraded" };

test.each<[string, number, unknown, ReturnType<typeof healthOf>]>([
  ["ready", 200, { ready: true, degraded: [] }, { ready: true, degraded: [] }],
  [
    "not ready, by a status that is accepted",
    503,
    { ready: false, degraded: ["db"] },
    { ready: false, degraded: ["db"] },
  ],
  ["without names", 200, { ready: true }, { ready: true, degraded: null }],
  ["names that are none", 200, { ready: true, degraded: ["a", 1, null] }, { ready: true, degraded: ["a"] }],
  ["a status that is not accepted", 500, { ready: true, degraded: [] }, null],
  ["a word where a flag belongs", 200, { ready: "yes" }, null],
  ["nothing of it", 200, { ok: 1 }, null],
  ["text", 200, "ok", null],
])("%s", (_, status, body, told) => {
  expect(healthOf(CALL, answerOf(status, body))).toEqual(told);
});

test("without accepted statuses only a good one tells", () => {
  const call = { call: CALL.call, ready: "ready" };
  expect(healthOf(call, answerOf(204, { ready: true }))).toEqual({ ready: true, degraded: null });
  expect(healthOf(call, answerOf(503, { ready: false }))).toBeNull();
});

test("inputs are filled into its call", () => {
  const health = { ...CALL, call: { http: "GET ${prefix}/ready" } };
  const filled = fillInputs(systemOf({ inputs: { prefix: { default: "/admin" } }, health }), {});
  expect(filled.health?.call.http).toBe("GET /admin/ready");
});
