import { Counter, Gauge } from "prom-client";
import type { LibraryState } from "../breaker-library.ts";
import type { MetricsFactory } from "./system-metrics.ts";

const states: readonly LibraryState[] = ["closed", "open", "half_open"];

/** One-hot states, failures, successes and transitions by their target. Stale, no state ever goes back to 0. */
export function serviceMetrics(stale: boolean): MetricsFactory {
  return (registry) => {
    const registers = [registry];
    const state = new Gauge({
      name: "circuit_breaker_state",
      help: "1 for the state the breaker is in",
      labelNames: ["service", "state"],
      registers,
    });
    const counter = (name: string, help: string, more: string[] = []) =>
      new Counter({
        name: `circuit_breaker_${name}_total`,
        help,
        labelNames: ["service", ...more],
        registers,
      });
    const failures = counter("failures", "Failed calls");
    const successes = counter("successes", "Successful calls");
    const transitions = counter("transitions", "State transitions", ["to"]);
    function show(service: string, now: LibraryState): void {
      for (const word of states) {
        if (word === now) state.set({ service, state: word }, 1);
        else if (!stale) state.set({ service, state: word }, 0);
      }
    }
    return {
      registry,
      register({ key: service }) {
        failures.inc({ service }, 0);
        successes.inc({ service }, 0);
      },
      transition({ key: service }, _, to) {
        transitions.inc({ service, to });
        show(service, to);
      },
      call({ key: service }, outcome) {
        if (outcome === "ok") successes.inc({ service });
        if (outcome === "error") failures.inc({ service });
      },
      retry: () => undefined,
      observe: ({ key }, reading) => show(key, reading.state),
    };
  };
}
