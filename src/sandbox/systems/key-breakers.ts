import { opossumBreaker } from "../breaker-libraries/opossum.ts";
import { keyBreakersDialect } from "../dialects/key-breakers.ts";
import { keyBreakersMetrics } from "../metrics/key-breakers.ts";
import type { AlertKind } from "../scenario.ts";
import type { SandboxSystem } from "./sandbox-system.ts";

const alertNames: Readonly<Record<AlertKind, string>> = {
  open: "CircuitBreakerOpened",
  "all-open": "AllKeysCircuitBreakerOpen",
  "majority-open": "MajorityKeysCircuitBreakerOpen",
  flapping: "CircuitBreakerFlapping",
  "stuck-half-open": "CircuitBreakerStuckHalfOpen",
  "metrics-missing": "CircuitBreakerMetricsMissing",
  slow: "ProviderSlow",
};

const ofAllKeys: readonly AlertKind[] = ["all-open", "majority-open", "metrics-missing"];

const keys = (provider: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ group: provider, key: `${provider}-${index + 1}` }));

export function keyBreakersSystem(): SandboxSystem {
  return {
    name: "key-breakers",
    breakers: [...keys("deepseek", 4), ...keys("perplexity", 2)],
    limits: { failureThreshold: 5, successThreshold: 2, openMs: 60_000, halfOpenMaxCalls: 3, callMs: 10_000 },
    counting: "consecutive",
    // Its runbook has breakers try by themselves after the timeout, and stay half-open where traffic is low.
    library: opossumBreaker,
    broken: { kind: "fail", status: 503 },
    failsOn5xx: true,
    retries: 0,
    metrics: keyBreakersMetrics,
    metricsPath: "/metrics",
    auth: null,
    hasAdminApi: true,
    serve: (breakers) => ({ answer: keyBreakersDialect(breakers) }),
    alert: (kind, { key, group }) => ({
      alertname: alertNames[kind],
      provider: group ?? "",
      ...(ofAllKeys.includes(kind) ? {} : { key_id: key }),
    }),
  };
}
