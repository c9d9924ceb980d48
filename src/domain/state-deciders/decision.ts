import type { BreakerState } from "../breaker.ts";
import type { MetricSample, MetricSeries } from "../metric-series.ts";

/** What one way of telling the state came to: the state and what told it, or why it cannot tell. */
export type Decision =
  | { readonly state: BreakerState; readonly by: string }
  | { readonly state: null; readonly why: string };

/** What was read for one way of telling the state. `past` holds the same series over a while, as far as it was asked for. */
export interface StateEvidence {
  readonly now: readonly MetricSample[];
  readonly past: readonly MetricSeries[];
}

/** The state behind a label's value, in the system's words; undefined when it is none. */
export type ReadStateWord = (word: string) => BreakerState | undefined;

export function undecided(why: string): Decision {
  return { state: null, why };
}

export function decided(state: BreakerState, by: string): Decision {
  return { state, by };
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
