import { Counter, Gauge } from "prom-client";
import type { LibraryState } from "../breaker-library.ts";
import type { BreakerName } from "../named-breaker.ts";
import type { MetricsFactory } from "./system-metrics.ts";

const stateNumber: Readonly<Record<LibraryState, number>> = { closed: 0, half_open: 1, open: 2 };

/** One gauge per key that encodes the state as a number, and counters without the target state. */
export const keyBreakersMetrics: MetricsFactory = (registry) => {
  const registers = [registry];
  const labelNames = ["key_id", "provider"];
  const labels = ({ key, group }: BreakerName) => ({ key_id: key, provider: group ?? "unknown" });
  const state = new Gauge({
    name: "circuit_breaker_state",
    help: "Circuit breaker state (0=closed, 1=half_open, 2=open)",
    labelNames,
    registers,
  });
  const failures = new Gauge({
    name: "circuit_breaker_failure_count",
    help: "Current failure count",
    labelNames,
    registers,
  });
  const successes = new Gauge({
    name: "circuit_breaker_success_count",
    help: "Current success count",
    labelNames,
    registers,
  });
  const trips = new Counter({
    name: "circuit_breaker_trips_total",
    help: "Times the breaker opened",
    labelNames,
    registers,
  });
  const transitions = new Counter({
    name: "circuit_breaker_transitions_total",
    help: "State transitions",
    labelNames,
    registers,
  });
  const duration = new Counter({
    name: "circuit_breaker_state_duration_seconds",
    help: "Time spent in each state",
    labelNames: [...labelNames, "state"],
    registers,
  });
  return {
    registry,
    register(breaker) {
      trips.inc(labels(breaker), 0);
      transitions.inc(labels(breaker), 0);
      for (const word of Object.keys(stateNumber)) duration.inc({ ...labels(breaker), state: word }, 0);
    },
    transition(breaker, _, to) {
      transitions.inc(labels(breaker));
      if (to === "open") trips.inc(labels(breaker));
    },
    call: () => undefined,
    retry: () => undefined,
    observe(breaker, reading, elapsedSeconds) {
      state.set(labels(breaker), stateNumber[reading.state]);
      failures.set(labels(breaker), reading.failures);
      successes.set(labels(breaker), reading.successes);
      duration.inc({ ...labels(breaker), state: reading.state }, elapsedSeconds);
    },
  };
};
