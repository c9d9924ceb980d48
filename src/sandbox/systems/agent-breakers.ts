import { cockatielBreaker } from "../breaker-libraries/cockatiel.ts";
import { agentBreakersDialect } from "../dialects/agent-breakers.ts";
import { cachingProxy } from "../dialects/caching-proxy.ts";
import { agentBreakersMetrics } from "../metrics/agent-breakers.ts";
import type { AlertKind } from "../scenario.ts";
import { adaptive } from "../tunings/adaptive.ts";
import type { SandboxSystem, SystemSetup } from "./sandbox-system.ts";

const alertNames: Readonly<Record<AlertKind, string>> = {
  open: "CircuitBreakerOpen",
  "all-open": "CircuitBreakerOpen",
  "majority-open": "CircuitBreakerFlood",
  flapping: "CircuitBreakerTrippedRecently",
  "stuck-half-open": "CircuitBreakerHalfOpen",
  "metrics-missing": "AgentMetricsMissing",
  slow: "AgentCallsSlow",
};

const names = ["deepseek_api", "perplexity_api", "mcp_server", "mcp_tools"];

export function agentBreakersSystem({ behaveAs, quirks, now }: SystemSetup): SandboxSystem {
  const real = behaveAs === "real";
  return {
    name: "agent-breakers",
    breakers: names.map((key) => ({ group: null, key })),
    limits: { failureThreshold: 5, successThreshold: 1, openMs: 60_000, halfOpenMaxCalls: 3, callMs: 10_000 },
    ownLimits: ({ key }) => (key.startsWith("mcp") ? { failureThreshold: 3, openMs: 30_000 } : {}),
    counting: "consecutive",
    // It compares times when a call comes, and has no timer.
    library: cockatielBreaker,
    tuning: adaptive,
    broken: { kind: "fail", status: 503 },
    failsOn5xx: true,
    retries: 0,
    metrics: agentBreakersMetrics(real),
    metricsPath: "/metrics",
    auth: null,
    hasAdminApi: true,
    ...(real && { transport: { gzipOverBytes: 1000 } }),
    serve(breakers) {
      const answer = agentBreakersDialect(breakers, { real, now });
      return { answer: quirks.has("caching-proxy") ? cachingProxy(answer, now) : answer };
    },
    alert: (kind, { key }) => ({ alertname: alertNames[kind], service: key }),
  };
}
