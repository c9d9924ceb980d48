import { opossumBreaker } from "../breaker-libraries/opossum.ts";
import { notFound } from "../dialects/fastapi.ts";
import { serviceMetrics } from "../metrics/service-metrics.ts";
import type { AlertKind } from "../scenario.ts";
import type { SandboxSystem, SystemSetup } from "./sandbox-system.ts";

const alertNames: Readonly<Record<AlertKind, string>> = {
  open: "CircuitBreakerOpen",
  "all-open": "CircuitBreakerOpen",
  "majority-open": "CircuitBreakerOpen",
  flapping: "CircuitBreakerOpen",
  "stuck-half-open": "CircuitBreakerHalfOpen",
  "metrics-missing": "HealthCheckFailing",
  slow: "HTTPLatencyP99Warning",
};

const services = ["external-api", "payment-api", "inventory-api", "notification-api"];

export function serviceMetricsSystem({ behaveAs, quirks }: SystemSetup): SandboxSystem {
  return {
    name: "service-metrics",
    breakers: services.map((key) => ({ group: null, key })),
    limits: { failureThreshold: 5, successThreshold: 2, openMs: 60_000, halfOpenMaxCalls: 3, callMs: 5000 },
    counting: "consecutive",
    // Its runbook waits for half-open, which comes by itself after a minute.
    library: opossumBreaker,
    broken: { kind: "fail", status: 503 },
    failsOn5xx: true,
    retries: 0,
    metrics: serviceMetrics(behaveAs === "real" || quirks.has("stale-gauge")),
    metricsPath: "/metrics",
    auth: null,
    hasAdminApi: false,
    hasFeatureFlags: true,
    serve: () => ({ answer: () => notFound() }),
    alert: (kind, { key }) => ({ alertname: alertNames[kind], service: key }),
  };
}
