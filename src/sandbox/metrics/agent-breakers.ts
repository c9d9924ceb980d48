import { Counter, Gauge, Histogram } from "prom-client";
import type { BreakerName } from "../named-breaker.ts";
import type { MetricsFactory } from "./system-metrics.ts";

const documentedNumber = { closed: 0, half_open: 1, open: 2 } as const;
const realNumber = { closed: 0, open: 1, half_open: 2 } as const;
const buckets = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Two sets under one name: by service with 1 for half-open, or as the running server has it, by circuit with 1 for
 * open. The page of the running server joins several registries and says where one is missing.
 */
export function agentBreakersMetrics(real: boolean): MetricsFactory {
  return (registry) => {
    const registers = [registry];
    const label = real ? "circuit_name" : "service";
    const labels = ({ key }: BreakerName) => ({ [label]: key });
    const failureLabels = (breaker: BreakerName) =>
      real ? { ...labels(breaker), error_type: "ConnectionError" } : labels(breaker);
    const numbers = real ? realNumber : documentedNumber;
    const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames: [label], registers });
    const counter = (name: string, help: string, more: string[] = []) =>
      new Counter({ name, help, labelNames: [label, ...more], registers });

    const state = gauge("circuit_breaker_state", `State (${JSON.stringify(numbers)})`);
    const failures = counter("circuit_breaker_failures_total", "Failed calls", real ? ["error_type"] : []);
    const successes = counter(
      real ? "circuit_breaker_success_total" : "circuit_breaker_successes_total",
      "Successful calls",
    );
    const opened = real ? null : counter("circuit_breaker_opened_total", "Times the breaker opened");
    const latency = real
      ? new Histogram({
          name: "circuit_breaker_latency_seconds",
          help: "Latency of guarded calls",
          labelNames: [label],
          buckets,
          registers,
        })
      : null;
    return {
      registry,
      ...(real && { lastLine: "# MCP Orchestrator metrics unavailable: not initialised\n" }),
      register(breaker) {
        opened?.inc(labels(breaker), 0);
        successes.inc(labels(breaker), 0);
      },
      transition(breaker, _, to) {
        if (to === "open") opened?.inc(labels(breaker));
      },
      call(breaker, outcome, seconds) {
        if (outcome === "error") failures.inc(failureLabels(breaker));
        if (outcome === "ok") successes.inc(labels(breaker));
        if (outcome !== "rejected") latency?.observe(labels(breaker), seconds);
      },
      retry: () => undefined,
      observe: (breaker, reading) => state.set(labels(breaker), numbers[reading.state]),
    };
  };
}
