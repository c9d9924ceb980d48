import { Counter, Gauge } from "prom-client";
import type { CallOutcome, LibraryState } from "../breaker-library.ts";
import type { BreakerName } from "../named-breaker.ts";
import { stateGauge } from "./state-gauge.ts";
import type { MetricsFactory } from "./system-metrics.ts";

export interface RouterPolicyMetricsOptions {
  /** Labels and numbers of the running router: `from,to`, and 2 for half-open, where its documents say 0.5. */
  readonly real: boolean;
  /** Series of states left behind, and of a wait that is over, are never cleared. */
  readonly stale: boolean;
}

const names = ["tenant_id", "provider_id"];
const eventTypes: Readonly<Record<CallOutcome, string>> = {
  ok: "success",
  error: "failure",
  rejected: "fail_fast",
};
const labels = ({ group, key }: BreakerName) => ({ tenant_id: group ?? "", provider_id: key });

/** States, transitions, events, error rates and the time that is left, per tenant and provider. */
export function routerPolicyMetrics({ real, stale }: RouterPolicyMetricsOptions): MetricsFactory {
  const number: Readonly<Record<LibraryState, number>> = { closed: 0, open: 1, half_open: real ? 2 : 0.5 };
  return (registry) => {
    const registers = [registry];
    const gauge = (name: string, help: string, more: string[] = []) =>
      new Gauge({ name: `router_circuit_breaker_${name}`, help, labelNames: [...names, ...more], registers });
    const counter = (name: string, help: string, more: string[] = []) =>
      new Counter({
        name: `router_circuit_breaker_${name}`,
        help,
        labelNames: [...names, ...more],
        registers,
      });

    const help = "Circuit breaker state (0=closed, 1=open, 0.5=half_open)";
    const state = stateGauge(gauge("state", help, ["state"]), stale);
    const transitions = counter(
      "state_transitions_total",
      "State transitions",
      real ? ["from", "to"] : ["state"],
    );
    const events = counter("events_total", "Events", ["event_type"]);
    const reasons = gauge("trigger_reason", "Reasons of transitions", ["reason"]);
    const errorRate = gauge("error_rate", "Error rate within the window");
    const requests = counter("window_requests_total", "Requests in the window");
    const failures = counter("window_failures_total", "Failures in the window");
    const timeouts = counter("timeout_transitions_total", "Transitions by timeout", ["transition_type"]);
    const remaining = gauge("timeout_remaining_ms", "Milliseconds until half-open");
    return {
      registry,
      register(breaker) {
        for (const event_type of Object.values(eventTypes)) events.inc({ ...labels(breaker), event_type }, 0);
      },
      transition(breaker, from, to) {
        const of = labels(breaker);
        transitions.inc(real ? { ...of, from, to } : { ...of, state: to });
        state.set(of, to, number[to]);
        const reason = reasonOf(from, to);
        if (reason !== null) reasons.set({ ...of, reason }, 1);
        if (from === "open" && to === "half_open")
          timeouts.inc({ ...of, transition_type: "open_to_half_open" });
      },
      call(breaker, outcome) {
        events.inc({ ...labels(breaker), event_type: eventTypes[outcome] });
        if (outcome === "rejected") return;
        requests.inc(labels(breaker));
        if (outcome === "error") failures.inc(labels(breaker));
      },
      retry: () => undefined,
      observe(breaker, reading) {
        const of = labels(breaker);
        state.set(of, reading.state, number[reading.state]);
        errorRate.set(of, reading.errorRate ?? 0);
        if (reading.state === "open") remaining.set(of, Math.round(reading.remainingMs ?? 0));
        else if (!stale) remaining.remove(of);
      },
    };
  };
}

function reasonOf(from: LibraryState, to: LibraryState): string | null {
  if (from === "half_open" && to === "open") return "half_open_failure";
  if (from === "open" && to === "half_open") return "timeout_elapsed";
  return to === "open" ? "failure_threshold_exceeded" : null;
}
