import { randomBytes } from "node:crypto";
import { type AdminReply, jsonReply } from "../admin-exchange.ts";
import { cockatielBreaker } from "../breaker-libraries/cockatiel.ts";
import type { BreakerLimits } from "../breaker-policy.ts";
import { gatewayError, routeNotFound } from "../dialects/c-gateway.ts";
import { routerPolicyDialect } from "../dialects/router-policy.ts";
import { routerPolicyMetrics } from "../metrics/router-policy.ts";
import type { BreakerName } from "../named-breaker.ts";
import { createPolicyTable, type PolicyTable } from "../policies/policy-table.ts";
import { policyBreakers, writeShippedPolicies } from "../policies/shipped.ts";
import type { AlertKind, Scenario } from "../scenario.ts";
import { errorRate } from "../tunings/error-rate.ts";
import type { SandboxSystem, Served, SystemSetup } from "./sandbox-system.ts";

const alertNames: Readonly<Record<AlertKind, string>> = {
  open: "RouterCircuitBreakerOpened",
  "all-open": "RouterCircuitBreakerMultipleProvidersOpen",
  "majority-open": "RouterCircuitBreakerMultipleProvidersOpen",
  flapping: "CircuitBreakerFlapping",
  "stuck-half-open": "RouterCircuitBreakerHalfOpenProbesFailed",
  "metrics-missing": "RouterMetricsMissing",
  slow: "CircuitBreakerLatencyThresholdExceeded",
};

const limits: BreakerLimits = {
  failureThreshold: 5,
  successThreshold: 2,
  openMs: 30_000,
  halfOpenMaxCalls: 3,
  callMs: 5000,
  errorRate: 0.5,
  errorWindowMs: 60_000,
};

export function routerPolicySystem({ behaveAs, quirks, scenario, folder }: SystemSetup): SandboxSystem {
  const real = behaveAs === "real";
  const apiKey = randomBytes(16).toString("hex");
  const failsReload = quirks.has("reload-fails");
  const policiesFolder = writeShippedPolicies(folder, (breaker) => touchedLimits(scenario, breaker), limits);
  return {
    name: "router-policy",
    breakers: policyBreakers,
    limits,
    counting: "consecutive",
    // It asks the time in the next request only.
    library: cockatielBreaker,
    tuning: errorRate(!real),
    broken: { kind: "fail", status: 503 },
    failsOn5xx: true,
    retries: 0,
    metrics: routerPolicyMetrics({ real, stale: real || quirks.has("stale-gauge") }),
    metricsPath: real ? "/metrics/router_metrics_http:metrics" : "/metrics",
    auth: real ? null : { header: { name: "X-Api-Key", value: apiKey } },
    hasAdminApi: true,
    policiesFolder,
    serve(breakers) {
      const disabled = real ? "bypassed" : "off";
      const table = createPolicyTable({ folder: policiesFolder, breakers, strict: !real, disabled });
      return real
        ? realRouter(table, failsReload)
        : {
            answer: routerPolicyDialect(table, { apiKey, failsReload }),
            reload: () => reloadAll(table, failsReload),
          };
    },
    alert: (kind, { group, key }) => ({
      alertname: alertNames[kind],
      tenant_id: group ?? "",
      provider_id: key,
    }),
  };
}

/** Its front has no route that changes a policy; its console reads the folder again. */
function realRouter(table: PolicyTable, failsReload: boolean): Served {
  return {
    answer: ({ method, path }) =>
      method === "GET" && path.startsWith("/api/v1/policies/")
        ? gatewayError(404, "NOT_FOUND", "policy route not found")
        : routeNotFound(),
    reload: () => reloadAll(table, failsReload),
  };
}

function reloadAll(table: PolicyTable, fails: boolean): AdminReply {
  if (fails) return jsonReply(500, { reloaded: 0, problems: ["policy store is not available"] });
  const problems = table.ids().flatMap((id) => {
    const problem = table.load(id);
    return problem === null ? [] : [`${id.tenant}/${id.policy}: ${problem}`];
  });
  return jsonReply(problems.length === 0 ? 200 : 422, {
    reloaded: table.ids().length - problems.length,
    problems,
  });
}

function touchedLimits(scenario: Scenario, { key, group }: BreakerName): BreakerLimits | null {
  const [, second] = policyBreakers;
  const isTouched = scenario.touches === "one" && key === second?.key && group === second.group;
  return isTouched ? { ...limits, ...scenario.limits } : null;
}
