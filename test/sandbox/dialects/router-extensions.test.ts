import { describe, expect, it } from "vitest";
import { exactHeader } from "../../../src/sandbox/dialects/c-gateway.ts";
import {
  type RouterExtensionsOptions,
  routerExtensionsDialect,
} from "../../../src/sandbox/dialects/router-extensions.ts";
import { adminRequest } from "../admin-request.ts";
import { named, play } from "../breaker-fixture.ts";
import { expectGolden, expectLikeGolden } from "../golden.ts";

const path = "/api/v1/extensions/circuit-breakers";
const now = () => Date.UTC(2026, 10, 21, 3, 21, 27, 741);

function aRouter(options: Partial<RouterExtensionsOptions> = {}) {
  const guard = named({ group: null, key: "pii_guard" }, { now });
  const answer = routerExtensionsDialect([guard], { real: true, trouble: null, now, ...options });
  const ask = (method: string, target: string, headers: Record<string, string> = {}, body: unknown = "") =>
    answer(adminRequest(method, target, headers, body));
  return { guard, ask, trip: () => play(guard.breaker, "xxxxx") };
}

describe("states", () => {
  it("are an object by extension as the router has them", async () => {
    const { ask, trip } = aRouter();
    expectLikeGolden(ask("GET", path), "router-extensions-closed");
    await trip();
    expectGolden(ask("GET", path), "router-extensions-real");
  });

  it("are an array with milliseconds as the front alone answers", async () => {
    const { ask, trip } = aRouter({ real: false });
    expectLikeGolden(ask("GET", path), "router-extensions-documented");
    await trip();
    expect(JSON.parse(ask("GET", path).body)).toEqual({
      states: [{ extension_id: "pii_guard", state: "open", opened_at_ms: now() }],
    });
  });

  it("may be an error inside a 200", () => {
    const { ask } = aRouter({ trouble: "error-in-200" });
    expectGolden(ask("GET", path), "router-extensions-error");
  });

  it("are a 503 with JSON while nothing stands behind the front", () => {
    expectGolden(aRouter({ trouble: "backend-down" }).ask("GET", path), "router-extensions-down");
  });

  it("the health of an extension follows its breaker", async () => {
    const { ask, trip } = aRouter();
    await trip();
    expectGolden(ask("GET", "/api/v1/extensions/health"), "router-extensions-health");
  });
});

describe("paths", () => {
  it.each([
    { method: "GET", target: `${path}?fresh=1`, why: "a query" },
    { method: "GET", target: `${path}/`, why: "a slash" },
    { method: "GET", target: `${path}/pii_guard`, why: "one breaker" },
    { method: "POST", target: path, why: "another method" },
    { method: "POST", target: `${path}/pii_guard/reset`, why: "a reset" },
  ])("$why is no route", ({ method, target }) => {
    expectGolden(aRouter().ask(method, target), "router-route-not-found");
  });

  it.each(["/health", "/_health"])("%s is healthy", (target) => {
    expect(JSON.parse(aRouter().ask("GET", target).body)).toMatchObject({ status: "healthy" });
  });
});

describe("header names", () => {
  it.each([
    { headers: { "X-Tenant-ID": "t" }, status: 200 },
    { headers: { "x-tenant-id": "t" }, status: 400 },
    { headers: { "X-Tenant-Id": "t" }, status: 400 },
    { headers: {}, status: 400 },
  ])("$headers gives $status", ({ headers, status }) => {
    const complexity = aRouter().ask("GET", "/api/v1/policies/t/p/complexity", headers);
    const dryRun = aRouter().ask("POST", "/api/v1/policies/dry-run", headers, { payload: { a: 1 } });
    expect([complexity.status, dryRun.status]).toEqual([status, status]);
    if (status === 400) expectGolden(dryRun, "router-missing-tenant");
    else expect(JSON.parse(dryRun.body).result.final_payload).toEqual({ a: 1 });
  });

  it("are not found among values", () => {
    expect(exactHeader(["Via", "X-Tenant-ID", "X-Tenant-ID", "t"], "X-Tenant-ID")).toBe("t");
    expect(exactHeader(["Via", "X-Tenant-ID"], "X-Tenant-ID")).toBeNull();
  });
});

it("a policy has no page of its own", () => {
  const reply = aRouter().ask("GET", "/api/v1/policies/t/p");
  expect([reply.status, JSON.parse(reply.body).error.code]).toEqual([404, "NOT_FOUND"]);
});
