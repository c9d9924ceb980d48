import { Gauge, type Registry } from "prom-client";
import type { CallOutcome, LibraryState } from "../breaker-library.ts";
import type { BreakerName } from "../named-breaker.ts";

/** What a breaker shows at one moment. */
interface MetricReading {
  readonly state: LibraryState;
  readonly failures: number;
  readonly successes: number;
  /** Simulated milliseconds to the next trial; 0 unless open. */
  readonly remainingMs?: number;
  /** From 0 to 1, among the last calls. */
  readonly errorRate?: number;
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
  /** A line of text that this system's page ends with. */
  readonly lastLine?: string;
}

export type MetricsFactory = (registry: Registry) => SystemMetrics;

/** Shows since when this instance runs, under the name every Prometheus client gives it; set in milliseconds since 1970. */
export function showProcessStart(registry: Registry): (startedAt: number) => void {
  const name = "process_start_time_seconds";
  const help = "Start time of the process since unix epoch in seconds.";
  const gauge = new Gauge({ name, help, registers: [registry] });
  return (startedAt) => gauge.set(startedAt / 1000);
}
