import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import type { LibraryState } from "../../../src/sandbox/breaker-library.ts";
import { routerExtensionsMetrics } from "../../../src/sandbox/metrics/router-extensions.ts";
import { routerPolicyMetrics } from "../../../src/sandbox/metrics/router-policy.ts";
import { serviceMetrics } from "../../../src/sandbox/metrics/service-metrics.ts";
import type { MetricsFactory } from "../../../src/sandbox/metrics/system-metrics.ts";
import { updogMetrics } from "../../../src/sandbox/metrics/updog.ts";
import { samples } from "./samples.ts";

const breaker = { group: "acme-corp", key: "mistral" };
const path: readonly LibraryState[] = ["closed", "open", "half_open", "closed"];

const systems: Record<string, (stale: boolean) => MetricsFactory> = {
  updog: (stale) => updogMetrics({ stale, feeds: false }),
  "service-metrics": serviceMetrics,
  "router-policy": (stale) => routerPolicyMetrics({ real: true, stale }),
  "router-extensions": routerExtensionsMetrics,
};

const seen: Record<string, { stale: readonly string[]; cleared: readonly string[] }> = {
  updog: {
    stale: [
      'updog_circuit_breaker_state{breaker_name="mistral",state="CLOSED"} 0',
      'updog_circuit_breaker_state{breaker_name="mistral",state="OPEN"} 2',
      'updog_circuit_breaker_state{breaker_name="mistral",state="HALF_OPEN"} 1',
    ],
    cleared: ['updog_circuit_breaker_state{breaker_name="mistral",state="CLOSED"} 0'],
  },
  "service-metrics": {
    stale: [
      'circuit_breaker_state{service="mistral",state="closed"} 1',
      'circuit_breaker_state{service="mistral",state="open"} 1',
      'circuit_breaker_state{service="mistral",state="half_open"} 1',
    ],
    cleared: [
      'circuit_breaker_state{service="mistral",state="closed"} 1',
      'circuit_breaker_state{service="mistral",state="open"} 0',
      'circuit_breaker_state{service="mistral",state="half_open"} 0',
    ],
  },
  "router-policy": {
    stale: [
      'router_circuit_breaker_state{tenant_id="acme-corp",provider_id="mistral",state="closed"} 0',
      'router_circuit_breaker_state{tenant_id="acme-corp",provider_id="mistral",state="open"} 1',
      'router_circuit_breaker_state{tenant_id="acme-corp",provider_id="mistral",state="half_open"} 2',
    ],
    cleared: ['router_circuit_breaker_state{tenant_id="acme-corp",provider_id="mistral",state="closed"} 0'],
  },
  "router-extensions": {
    stale: [
      'router_extension_circuit_breaker_state{extension_id="mistral",state="closed"} 1',
      'router_extension_circuit_breaker_state{extension_id="mistral",state="open"} 1',
      'router_extension_circuit_breaker_state{extension_id="mistral",state="half_open"} 1',
    ],
    cleared: ['router_extension_circuit_breaker_state{extension_id="mistral",state="closed"} 1'],
  },
};

describe.each(Object.keys(systems))("%s, after it opened, tried and closed", (name) => {
  it.each(["stale", "cleared"] as const)("has its state gauge %s", async (how) => {
    const metrics = systems[name]?.(how === "stale")(new Registry());
    if (metrics === undefined) throw new Error(`${name} is not there`);
    for (const state of path) metrics.observe(breaker, { state, failures: 0, successes: 0 }, 15);
    const gauge = (await samples(metrics.registry)).filter((line) => /circuit_breaker_state\{/.test(line));
    expect(gauge.sort()).toEqual([...(seen[name]?.[how] ?? [])].sort());
  });
});
