import { describe, expect, it } from "vitest";
import { readPolicy } from "../../../src/sandbox/policies/policy.ts";

const text = (circuit_breaker: unknown, more: object = { version: "1.0" }) =>
  JSON.stringify({ ...more, providers: ["openai", { id: "mistral" }, { name: "cohere" }], circuit_breaker });

it("gives what the router takes", () => {
  const breaker = {
    enabled: true,
    failure_threshold: 7,
    success_threshold: 3,
    timeout_ms: 45_000,
    half_open_max_calls: 2,
    error_rate_threshold: 0.6,
    error_rate_window_seconds: 120,
  };
  expect(readPolicy(text(breaker), true)).toEqual({
    version: "1.0",
    providers: ["openai", "mistral", "cohere"],
    enabled: true,
    limits: {
      failureThreshold: 7,
      successThreshold: 3,
      openMs: 45_000,
      halfOpenMaxCalls: 2,
      errorRate: 0.6,
      errorWindowMs: 120_000,
    },
  });
});

it.each([undefined, {}, { enabled: false }, { enabled: "true" }])("%j is not enabled", (breaker) => {
  expect(readPolicy(text(breaker), true)).toMatchObject({ enabled: false, limits: {} });
});

describe("the bounds of the schema", () => {
  it.each([
    { failure_threshold: 0 },
    { failure_threshold: 101 },
    { failure_threshold: 2.5 },
    { failure_threshold: "5" },
    { success_threshold: 11 },
    { timeout_ms: 999 },
    { timeout_ms: 300_001 },
    { half_open_max_calls: 0 },
    { error_rate_threshold: 1.1 },
    { error_rate_window_seconds: 3601 },
    { latency_threshold_ms: 5000 },
  ])("%j is a problem, and none to the running router", (breaker) => {
    const [name = ""] = Object.keys(breaker);
    expect(readPolicy(text(breaker), true)).toEqual({ problem: expect.stringContaining(name) });
    expect(readPolicy(text(breaker), false)).not.toHaveProperty("problem");
  });

  it.each([
    { given: "{", strict: false },
    { given: "[]", strict: false },
    { given: text([]), strict: false },
    { given: text({}, {}), strict: true },
  ])("$given is no policy", ({ given, strict }) => {
    expect(readPolicy(given, strict)).toHaveProperty("problem");
  });
});
