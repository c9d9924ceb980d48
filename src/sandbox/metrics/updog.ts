import { Counter, Gauge, Histogram } from "prom-client";
import type { BreakerName } from "../named-breaker.ts";
import { stateGauge } from "./state-gauge.ts";
import type { MetricsFactory } from "./system-metrics.ts";

const words = { closed: "CLOSED", half_open: "HALF_OPEN", open: "OPEN" } as const;
const numbers = { closed: 0, half_open: 1, open: 2 } as const;
const buckets = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5];

export interface UpdogMetricsOptions {
  /** Series of states left behind are never cleared. */
  readonly stale: boolean;
  /** The running server declares its counters and never feeds them. */
  readonly feeds: boolean;
}

/** A state gauge with the word as a label and the number as its value, refreshed by a scrape only. */
export function updogMetrics({ stale, feeds }: UpdogMetricsOptions): MetricsFactory {
  return (registry) => {
    const registers = [registry];
    const labels = ({ key }: BreakerName) => ({ breaker_name: key });
    const state = stateGauge(
      new Gauge({
        name: "updog_circuit_breaker_state",
        help: "Circuit breaker state (0=CLOSED, 1=HALF_OPEN, 2=OPEN)",
        labelNames: ["breaker_name", "state"],
        registers,
      }),
      stale,
    );
    const requests = new Counter({
      name: "updog_circuit_breaker_requests_total",
      help: "Requests through the breaker",
      labelNames: ["breaker_name", "result"],
      registers,
    });
    const failures = new Counter({
      name: "updog_circuit_breaker_failures_total",
      help: "Failures seen by the breaker",
      labelNames: ["breaker_name", "error_type"],
      registers,
    });
    const duration = new Histogram({
      name: "updog_circuit_breaker_request_duration_seconds",
      help: "Duration of requests through the breaker",
      labelNames: ["breaker_name", "result"],
      buckets,
      registers,
    });
    const trials = new Gauge({
      name: "updog_circuit_breaker_half_open_requests",
      help: "Requests let through while half-open",
      labelNames: ["breaker_name"],
      registers,
    });
    return {
      registry,
      register(breaker) {
        if (!feeds) return;
        requests.inc({ ...labels(breaker), result: "total" }, 0);
        failures.inc({ ...labels(breaker), error_type: "total" }, 0);
      },
      transition: () => undefined,
      call(breaker, outcome, seconds) {
        if (!feeds) return;
        requests.inc({ ...labels(breaker), result: "total" });
        if (outcome === "error") failures.inc({ ...labels(breaker), error_type: "total" });
        if (outcome !== "rejected")
          duration.observe({ ...labels(breaker), result: outcome === "ok" ? "success" : "failure" }, seconds);
      },
      retry: () => undefined,
      observe(breaker, reading) {
        state.set(labels(breaker), words[reading.state], numbers[reading.state]);
        if (feeds) trials.set(labels(breaker), reading.state === "half_open" ? reading.successes : 0);
      },
    };
  };
}
