import { describe, expect, test } from "vitest";
import { fillInputs } from "../../src/dialect/inputs.ts";
import { systemOf } from "./system-fixture.ts";

const SYSTEM = systemOf({
  inputs: { base: { default: "/api" }, tenant: {}, depth: { default: 2 } },
  read: {
    call: { http: "GET ${base}/${tenant}?depth=${depth}", headers: { "X-Tenant": "${tenant}" } },
    state: {},
  },
  change: {
    reset: { breaker: { calls: [{ http: "POST ${base}/${key}/reset", body: { tenant: "${tenant}" } }] } },
  },
  checks: { health: { call: { http: "GET ${base}/health" }, accept: [200] } },
});

describe("fillInputs", () => {
  test("fills what the context gives, else the defaults, and leaves the breaker's holes", () => {
    const filled = fillInputs(SYSTEM, { tenant: "shop", depth: 3 });
    expect(filled.read?.call).toEqual({ http: "GET /api/shop?depth=3", headers: { "X-Tenant": "shop" } });
    expect(filled.change.reset?.["breaker"]?.calls).toEqual([
      { http: "POST /api/${key}/reset", body: { tenant: "shop" } },
    ]);
    expect(filled.checks["health"]).toEqual({ call: { http: "GET /api/health" }, accept: [200] });
  });

  test("a system without inputs stays as it is", () => {
    const system = systemOf();
    expect(fillInputs(system, {})).toBe(system);
  });

  test.each([
    [
      "a name it does not declare",
      { tenat: "x", tenant: "x" },
      "unknown-name",
      'system acme has no input "tenat"',
      "did you mean tenant?",
    ],
    [
      "one that it wants and does not get",
      {},
      "usage",
      "system acme wants its input tenant",
      "set inputs.tenant in the context",
    ],
    [
      "a value with a hole of its own",
      { tenant: "${key}" },
      "usage",
      "input tenant must not hold ${…}",
      null,
    ],
  ])("refuses %s", (_, given, code, message, hint) => {
    expect(() => fillInputs(SYSTEM, given as Record<string, string>)).toThrow(
      expect.objectContaining({ code, message, hint }),
    );
  });
});
