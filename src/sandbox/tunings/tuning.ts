import type { LibraryState } from "../breaker-library.ts";
import type { BreakerLimits } from "../breaker-policy.ts";

/** What puts other thresholds in force than those that are set: adaptive ones, a backoff, an error rate. */
export interface Tuning {
  inForce(set: BreakerLimits): BreakerLimits;
  /** Simulated milliseconds that an opening would last if it came now. */
  openMs(set: BreakerLimits): number;
  /** Asked after each failure while closed; `failures` as the system counts them. */
  shouldOpen(set: BreakerLimits, failures: number): boolean;
  /** Told of each call that was let through; `at` is a simulated time in milliseconds. */
  recorded(ok: boolean, at: number): void;
  changed(to: LibraryState): void;
}

export type TuningFactory = () => Tuning;

/** The thresholds in force are those that are set. */
export const asSet: TuningFactory = () => ({
  inForce: (set) => set,
  openMs: (set) => set.openMs,
  shouldOpen: (set, failures) => failures >= set.failureThreshold,
  recorded: () => undefined,
  changed: () => undefined,
});
