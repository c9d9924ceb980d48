import { Counter, Gauge } from "prom-client";
import type { LibraryState } from "../breaker-library.ts";
import type { BreakerName } from "../named-breaker.ts";
import type { MetricsFactory } from "./system-metrics.ts";

const words: Readonly<Record<LibraryState, string>> = {
  closed: "CLOSED",
  open: "OPEN",
  half_open: "PROBING",
};

/** One-hot states, changes with both ends, calls by outcome. */
export const acmeMetrics: MetricsFactory = (registry) => {
  const registers = [registry];
  const labels = ({ group, key }: BreakerName) => ({ service: group ?? "", id: key });
  const status = new Gauge({
    name: "acme_breaker_status",
    help: "1 for the status the breaker is in, else 0",
    labelNames: ["service", "id", "status"],
    registers,
  });
  const changes = new Counter({
    name: "acme_breaker_changes_total",
    help: "Changes of status",
    labelNames: ["service", "id", "from", "to"],
    registers,
  });
  const calls = new Counter({
    name: "acme_breaker_calls_total",
    help: "Calls by outcome",
    labelNames: ["service", "id", "outcome"],
    registers,
  });
  return {
    registry,
    register(breaker) {
      for (const outcome of ["ok", "error", "rejected"]) calls.inc({ ...labels(breaker), outcome }, 0);
    },
    transition: (breaker, from, to) => changes.inc({ ...labels(breaker), from: words[from], to: words[to] }),
    call: (breaker, outcome) => calls.inc({ ...labels(breaker), outcome }),
    retry: () => undefined,
    observe(breaker, reading) {
      for (const word of Object.values(words)) {
        status.set({ ...labels(breaker), status: word }, word === words[reading.state] ? 1 : 0);
      }
    },
  };
};
