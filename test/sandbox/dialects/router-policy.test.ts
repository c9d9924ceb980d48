import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { AdminReply } from "../../../src/sandbox/admin-exchange.ts";
import { routerPolicyDialect } from "../../../src/sandbox/dialects/router-policy.ts";
import { createPolicyTable } from "../../../src/sandbox/policies/policy-table.ts";
import { policyBreakers, writeShippedPolicies } from "../../../src/sandbox/policies/shipped.ts";
import { adminRequest } from "../admin-request.ts";
import { named, usualLimits } from "../breaker-fixture.ts";
import { expectLikeGolden } from "../golden.ts";
import { systemSetups } from "../system-setup.ts";

const setups = systemSetups();
const apiKey = "key of the tests";
const base = "/api/v1/admin/policies";
const chat = `${base}/acme-corp/chat`;
const bodyOf = (reply: AdminReply) => JSON.parse(reply.body);

function aRouter(failsReload = false) {
  const limits = { ...usualLimits, errorRate: 0.5, errorWindowMs: 60_000 };
  const folder = writeShippedPolicies(setups().folder, () => null, limits);
  const breakers = policyBreakers.map((name) => named(name));
  const table = createPolicyTable({ folder, breakers, strict: true, disabled: "off" });
  const answer = routerPolicyDialect(table, { apiKey, failsReload });
  const ask = (
    method: string,
    target: string,
    body: unknown = "",
    headers: Record<string, string> = { "X-Api-Key": apiKey },
  ) => answer(adminRequest(method, target, headers, body));
  const stored = () => readFileSync(path.join(folder, "acme-corp", "chat.json"), "utf8");
  /** The stored policy with another threshold. */
  const raised = () => {
    const policy = JSON.parse(stored());
    return { ...policy, circuit_breaker: { ...policy.circuit_breaker, failure_threshold: 9 } };
  };
  const inForce = () => breakers[0]?.breaker.limits().failureThreshold;
  return { ask, stored, raised, inForce, breakers };
}

describe("policies", () => {
  it("are listed, and picked by tenant and page", () => {
    const { ask } = aRouter();
    expectLikeGolden(ask("GET", base), "router-policy-list");
    expect(bodyOf(ask("GET", `${base}?tenant_id=globex`))).toMatchObject({
      total: 1,
      policies: [{ tenant_id: "globex" }],
    });
    expect(bodyOf(ask("GET", `${base}?limit=1&offset=1`))).toMatchObject({
      total: 3,
      limit: 1,
      offset: 1,
      policies: [{ policy_id: "embeddings" }],
    });
  });

  it("are read one by one", () => {
    const { ask, stored } = aRouter();
    const { info, policy_json, metadata } = bodyOf(ask("GET", chat));
    expect(info).toMatchObject({ status: "active", provider_count: 2, has_fallbacks: true });
    expect(policy_json).toEqual(JSON.parse(stored()));
    expect(metadata).toMatchObject({ owner: "team-acme-corp" });
  });

  it("are put, and in force only when reloaded", () => {
    const { ask, raised, inForce } = aRouter();
    expectLikeGolden(ask("PUT", chat, { policy_json: raised(), version: "1.0" }), "router-policy-put");
    expect([inForce(), bodyOf(ask("GET", chat)).info.status]).toEqual([5, "pending"]);
    const reply = ask("POST", "/admin/policies/acme-corp/chat/reload");
    expect([reply.status, bodyOf(reply).status, inForce()]).toEqual([200, "active", 9]);
  });

  it.each([
    { body: { policy_json: { version: "1.0", circuit_breaker: { timeout_ms: 1 } } }, status: 400 },
    { body: { policy_json: { circuit_breaker: { enabled: true } } }, status: 400 },
    { body: { policy_json: { version: "1.0" }, version: "0.9" }, status: 409 },
    { body: { policy_json: { version: "1.0" }, dry_run: true }, status: 200 },
    { body: {}, status: 400 },
    { body: "{", status: 400 },
  ])("are not stored: $body answers $status", ({ body, status }) => {
    const { ask, stored } = aRouter();
    const before = stored();
    expect(ask("PUT", chat, body).status).toBe(status);
    expect(stored()).toBe(before);
  });

  it.each([
    { method: "GET", target: `${base}/ghost/chat` },
    { method: "PUT", target: `${base}/acme-corp/ghost` },
    { method: "POST", target: "/admin/policies/ghost/chat/reload" },
  ])("$method $target is unknown", ({ method, target }) => {
    const reply = aRouter().ask(method, target, { policy_json: {} });
    expect([reply.status, bodyOf(reply).error.code]).toEqual([404, "POLICY_NOT_FOUND"]);
  });
});

it("a reload that fails leaves the old policy in force", () => {
  const { ask, raised, inForce } = aRouter(true);
  ask("PUT", chat, { policy_json: raised() });
  const reply = ask("POST", "/admin/policies/acme-corp/chat/reload");
  expect([reply.status, inForce(), bodyOf(ask("GET", chat)).info.status]).toEqual([500, 5, "pending"]);
});

it("all breakers are disabled at once", () => {
  const { ask, breakers } = aRouter();
  expect(bodyOf(ask("POST", "/admin/circuit-breaker/disable"))).toEqual({ enabled: false });
  expect(breakers.every(({ breaker }) => breaker.reading().mode === "off")).toBe(true);
});

it.each([
  { method: "POST", target: "/admin/circuit-breaker/enable" },
  { method: "GET", target: "/admin/circuit-breaker/disable" },
  { method: "POST", target: "/admin/policies/acme-corp/chat" },
  { method: "DELETE", target: chat },
  { method: "GET", target: `${chat}/history` },
  { method: "GET", target: "/" },
])("$method $target is no route", ({ method, target }) => {
  const reply = aRouter().ask(method, target);
  expect([reply.status, bodyOf(reply).error.message]).toEqual([404, "route not found"]);
});

it.each([
  { headers: {}, status: 401 },
  { headers: { "X-Api-Key": "other" }, status: 401 },
  { headers: { authorization: `Bearer ${apiKey}` }, status: 200 },
])("$headers gives $status", ({ headers, status }) => {
  expect(aRouter().ask("GET", base, "", headers).status).toBe(status);
});
