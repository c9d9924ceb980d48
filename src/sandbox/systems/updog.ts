import { randomBytes } from "node:crypto";
import { cockatielBreaker } from "../breaker-libraries/cockatiel.ts";
import type { BreakerLimits } from "../breaker-policy.ts";
import { updogDialect } from "../dialects/updog.ts";
import { updogClaims } from "../dialects/updog-credentials.ts";
import type { StateShape } from "../dialects/updog-states.ts";
import { signToken } from "../json-web-token.ts";
import { updogMetrics } from "../metrics/updog.ts";
import type { Quirk } from "../quirks.ts";
import { createRateLimit } from "../rate-limit.ts";
import type { AlertKind } from "../scenario.ts";
import { doubling } from "../tunings/doubling.ts";
import type { SandboxSystem, SystemSetup } from "./sandbox-system.ts";

const alertNames: Readonly<Record<AlertKind, string>> = {
  open: "CircuitBreakerOpen",
  "all-open": "CircuitBreakerOpen",
  "majority-open": "CircuitBreakerOpen",
  flapping: "HighErrorBurnRate",
  "stuck-half-open": "CircuitBreakerStuckHalfOpen",
  "metrics-missing": "UpDogDown",
  slow: "HighLatency",
};

const http: BreakerLimits = {
  failureThreshold: 3,
  successThreshold: 2,
  openMs: 5000,
  halfOpenMaxCalls: 3,
  callMs: 5000,
};
const ofGroup = new Map<string, Partial<BreakerLimits>>([
  ["CACHE", { failureThreshold: 5, successThreshold: 3, openMs: 30_000, halfOpenMaxCalls: 2, callMs: 2000 }],
  ["DB", { failureThreshold: 5, successThreshold: 3, openMs: 30_000, halfOpenMaxCalls: 2, callMs: 10_000 }],
]);
const tokenSeconds = 12 * 60 * 60;

export function updogSystem(setup: SystemSetup): SandboxSystem {
  const { behaveAs, quirks, timeScale, now } = setup;
  const real = behaveAs === "real";
  const secret = randomBytes(32).toString("hex");
  const exp = Math.floor(now() / 1000) + tokenSeconds;
  const limited = { limit: 100, windowMs: 15 * 60_000, timeScale, now };
  return {
    name: "updog",
    breakers: [
      { group: "CACHE", key: "cache" },
      { group: "HTTP", key: "http-partner-api" },
      { group: "HTTP", key: "http-market-data" },
      { group: "CACHE", key: "redis" },
      { group: "DB", key: "postgres" },
      { group: "DB", key: "db-analytics" },
    ],
    limits: http,
    ownLimits: ({ group }) => ofGroup.get(group ?? "") ?? {},
    counting: "consecutive",
    // It looks at the clock when a call comes.
    library: cockatielBreaker,
    tuning: doubling(quirks.has("backoff-jitter") ? setup.random : null),
    // Only what breaks on the way counts as a failure; an answer of 5xx does not.
    broken: { kind: "drop" },
    failsOn5xx: false,
    retries: 0,
    metrics: updogMetrics({ stale: real || quirks.has("stale-gauge"), feeds: !real }),
    metricsPath: "/metrics",
    auth: { bearer: signToken({ ...updogClaims, sub: "sandbox", exp }, secret) },
    hasAdminApi: true,
    serve: (breakers) => ({
      answer: updogDialect(breakers, {
        prefix: quirks.has("guide-prefix") ? "/admin/circuit" : "/admin/circuit-breakers",
        shape: shapeOf(quirks),
        tellsEnabled: !real,
        secret,
        rateLimit: createRateLimit(limited),
        now,
      }),
    }),
    alert: (kind, { key }) => ({ alertname: alertNames[kind], breaker_name: key }),
  };
}

function shapeOf(quirks: ReadonlySet<Quirk>): StateShape {
  if (quirks.has("flat-states")) return "flat";
  if (quirks.has("bare-states")) return "bare";
  return quirks.has("empty-stats") ? "empty-stats" : "full";
}
