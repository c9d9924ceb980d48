import { Counter, Histogram } from "prom-client";
import type { CallOutcome } from "../breaker-library.ts";
import type { MetricsFactory } from "./system-metrics.ts";

const status: Readonly<Record<CallOutcome, string>> = {
  ok: "success",
  error: "error",
  rejected: "circuit_open",
};
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Requests and their fate per service. The counter of state changes is declared, and only the documented system feeds it. */
export function gatewayMetrics(countsStateChanges: boolean): MetricsFactory {
  return (registry) => {
    const registers = [registry];
    const requests = new Counter({
      name: "gateway_proxy_requests_total",
      help: "Total proxy requests",
      labelNames: ["service", "method", "status"],
      registers,
    });
    const duration = new Histogram({
      name: "gateway_proxy_request_duration_seconds",
      help: "Proxy request duration",
      labelNames: ["service", "method"],
      buckets,
      registers,
    });
    const retries = new Counter({
      name: "gateway_proxy_retries_total",
      help: "Total retry attempts",
      labelNames: ["service"],
      registers,
    });
    const changes = new Counter({
      name: "gateway_circuit_breaker_state_changes_total",
      help: "Circuit breaker state changes",
      labelNames: ["service", "state"],
      registers,
    });
    return {
      registry,
      // The original creates each series with its first event.
      register: () => undefined,
      transition({ key }, _, to) {
        if (countsStateChanges) changes.inc({ service: key, state: to });
      },
      call({ key }, outcome, seconds) {
        requests.inc({ service: key, method: "GET", status: status[outcome] });
        if (outcome !== "rejected") duration.observe({ service: key, method: "GET" }, seconds);
      },
      retry: ({ key }) => retries.inc({ service: key }),
      observe: () => undefined,
    };
  };
}
