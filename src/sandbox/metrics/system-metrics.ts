import { Gauge, type Registry } from "prom-client";
import type { CallOutcome, LibraryState } from "../breaker-library.ts";
import type { BreakerName } from "../named-breaker.ts";

/** What a breaker shows at one moment. */
interface MetricReading {
  readonly state: LibraryState;
  readonly failures: number;
  readonly successes: number;
}

/** One instance's `/metrics` page. Live traffic and a replayed past feed it alike. */
export interface SystemMetrics {
  readonly registry: Registry;
  /** Every series of this breaker appears, at its resting value. */
  register(breaker: BreakerName): void;
  transition(breaker: BreakerName, from: LibraryState, to: LibraryState): void;
  call(breaker: BreakerName, outcome: CallOutcome, seconds: number): void;
  retry(breaker: BreakerName): void;
  /** To be called before each scrape; `elapsedSeconds` since the last time. */
  observe(breaker: BreakerName, reading: MetricReading, elapsedSeconds: number): void;
}

export type MetricsFactory = (registry: Registry) => SystemMetrics;

/** The time since when this instance runs, under the name every Prometheus client gives it. Milliseconds since 1970. */
export function showProcessStart(registry: Registry, startedAt: number): void {
  const name = "process_start_time_seconds";
  const help = "Start time of the process since unix epoch in seconds.";
  new Gauge({ name, help, registers: [registry] }).set(startedAt / 1000);
}
