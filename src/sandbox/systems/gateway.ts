import { randomBytes } from "node:crypto";
import { cockatielBreaker } from "../breaker-libraries/cockatiel.ts";
import { gatewayDialect } from "../dialects/gateway.ts";
import { signToken } from "../json-web-token.ts";
import { gatewayMetrics } from "../metrics/gateway.ts";
import type { AlertKind } from "../scenario.ts";
import type { SandboxSystem, SystemSetup } from "./sandbox-system.ts";

const services = ["recommendation", "search", "pricing", "chatbot", "fraud", "forecasting", "vision"];
const tokenSeconds = 12 * 60 * 60;

const alertNames: Readonly<Record<AlertKind, string>> = {
  open: "CircuitBreakerOpen",
  "all-open": "CircuitBreakerOpen",
  "majority-open": "CircuitBreakerOpen",
  flapping: "HighRetryRate",
  "stuck-half-open": "HighErrorRate",
  "metrics-missing": "GatewayMetricsMissing",
  slow: "GatewaySlow",
};

export function gatewaySystem({ behaveAs, now }: SystemSetup): SandboxSystem {
  const secret = behaveAs === "real" ? randomBytes(32).toString("hex") : null;
  const claims = { sub: "sandbox", exp: Math.floor(now() / 1000) + tokenSeconds };
  return {
    name: "gateway",
    breakers: services.map((service) => ({ group: null, key: `${service}-service` })),
    limits: { failureThreshold: 5, successThreshold: 2, openMs: 60_000, halfOpenMaxCalls: 3, callMs: 30_000 },
    counting: "window",
    // The original leaves OPEN only when the next call comes.
    library: cockatielBreaker,
    // It takes an answer of 5xx for a success: only a call that breaks counts.
    broken: { kind: "drop" },
    failsOn5xx: false,
    retries: 1,
    metrics: gatewayMetrics(behaveAs === "documented"),
    metricsPath: "/metrics/",
    auth: secret === null ? null : { bearer: signToken(claims, secret) },
    hasAdminApi: true,
    serve: (breakers, { upstreamWorks }) => ({
      answer: gatewayDialect(breakers, { secret, now, upstreamWorks }),
    }),
    alert: (kind, { key }) => ({ alertname: alertNames[kind], service: key }),
  };
}
