import { randomBytes } from "node:crypto";
import { opossumBreaker } from "../breaker-libraries/opossum.ts";
import { acmeDialect } from "../dialects/acme.ts";
import { acmeMetrics } from "../metrics/acme.ts";
import type { AlertKind } from "../scenario.ts";
import type { SandboxSystem } from "./sandbox-system.ts";

const alertNames: Readonly<Record<AlertKind, string>> = {
  open: "AcmeBreakerOpen",
  "all-open": "AcmeAllBreakersOpen",
  "majority-open": "AcmeMajorityOpen",
  flapping: "AcmeBreakerFlapping",
  "stuck-half-open": "AcmeBreakerProbingLong",
  "metrics-missing": "AcmeMetricsMissing",
  slow: "AcmeCallsSlow",
};

export function acmeSystem(): SandboxSystem {
  const apiKey = randomBytes(16).toString("hex");
  return {
    name: "acme",
    breakers: [
      { group: "payments", key: "card-auth" },
      { group: "payments", key: "ledger" },
      { group: "shipping", key: "rates" },
      { group: "shipping", key: "labels" },
      { group: "search", key: "index" },
    ],
    limits: { failureThreshold: 5, successThreshold: 2, openMs: 30_000, halfOpenMaxCalls: 3, callMs: 2000 },
    counting: "consecutive",
    // It shows when the next probe runs, which only a timer can keep.
    library: opossumBreaker,
    broken: { kind: "fail", status: 503 },
    failsOn5xx: true,
    retries: 0,
    metrics: acmeMetrics,
    metricsPath: "/metrics",
    auth: { header: { name: "X-Api-Key", value: apiKey } },
    hasAdminApi: true,
    serve: (breakers) => ({ answer: acmeDialect(breakers, apiKey) }),
    alert: (kind, { group, key }) => ({ alertname: alertNames[kind], service: group ?? "", id: key }),
  };
}
