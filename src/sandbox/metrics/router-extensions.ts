import { Counter, Gauge } from "prom-client";
import { stateGauge } from "./state-gauge.ts";
import type { MetricsFactory } from "./system-metrics.ts";

/** The state of an extension's breaker as a label with the value 1, and how often it opened. */
export function routerExtensionsMetrics(stale: boolean): MetricsFactory {
  return (registry) => {
    const registers = [registry];
    const gauge = new Gauge({
      name: "router_extension_circuit_breaker_state",
      help: "Extension circuit breaker state",
      labelNames: ["extension_id", "state"],
      registers,
    });
    const state = stateGauge(gauge, stale);
    const opened = new Counter({
      name: "router_extension_circuit_breaker_opened_total",
      help: "Times the breaker opened",
      labelNames: ["extension_id"],
      registers,
    });
    return {
      registry,
      register: ({ key }) => opened.inc({ extension_id: key }, 0),
      transition({ key }, _, to) {
        if (to === "open") opened.inc({ extension_id: key });
      },
      call: () => undefined,
      retry: () => undefined,
      observe: ({ key }, reading) => state.set({ extension_id: key }, reading.state, 1),
    };
  };
}
