import { opossumBreaker } from "../breaker-libraries/opossum.ts";
import { routerExtensionsDialect } from "../dialects/router-extensions.ts";
import { routerExtensionsMetrics } from "../metrics/router-extensions.ts";
import type { AlertKind } from "../scenario.ts";
import type { SandboxSystem, SystemSetup } from "./sandbox-system.ts";

const alertNames: Readonly<Record<AlertKind, string>> = {
  open: "RouterExtensionCircuitBreakerOpened",
  "all-open": "RouterExtensionsAllOpen",
  "majority-open": "RouterExtensionsMajorityOpen",
  flapping: "RouterExtensionFlapping",
  "stuck-half-open": "RouterExtensionStuckHalfOpen",
  "metrics-missing": "RouterExtensionMetricsMissing",
  slow: "RouterExtensionSlow",
};

const extensions = ["normalize_text", "pii_guard", "mask_pii", "custom_validator"];

export function routerExtensionsSystem({ behaveAs, quirks, now }: SystemSetup): SandboxSystem {
  const real = behaveAs === "real";
  const trouble = (["error-in-200", "backend-down"] as const).find((name) => quirks.has(name)) ?? null;
  return {
    name: "router-extensions",
    breakers: extensions.map((key) => ({ group: null, key })),
    limits: { failureThreshold: 5, successThreshold: 2, openMs: 30_000, halfOpenMaxCalls: 3, callMs: 5000 },
    counting: "consecutive",
    library: opossumBreaker,
    broken: { kind: "fail", status: 503 },
    failsOn5xx: true,
    retries: 0,
    metrics: routerExtensionsMetrics(real),
    metricsPath: "/metrics",
    auth: null,
    hasAdminApi: true,
    transport: { closes: true },
    serve: (breakers) => ({ answer: routerExtensionsDialect(breakers, { real, trouble, now }) }),
    alert: (kind, { key }) => ({ alertname: alertNames[kind], extension_id: key }),
  };
}
