import {
  type Breaker,
  type BreakerReading,
  type BreakerState,
  breakerName,
  type Counts,
  compareStates,
  type InstanceCounts,
  STATE_COUNTS,
} from "./breaker.ts";
import { compareText } from "./compare-text.ts";
import type { ErrorCode } from "./errors.ts";
import type { ThresholdValue, ThresholdValues } from "./threshold.ts";

/** One replica that holds its own copy of each breaker. `name` is what a person sees, `url` where it is. */
export interface Instance {
  readonly name: string;
  readonly url: string;
}

export interface InstanceError {
  /** What to do next, where the failure suggests something. */
  readonly hint?: string | undefined;
  readonly instance: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** What one instance said when it was asked: its breakers, or why it could not be told. */
export type InstanceReading =
  | { readonly instance: Instance; readonly breakers: readonly BreakerReading[]; readonly error: null }
  | { readonly instance: Instance; readonly breakers: null; readonly error: InstanceError };

export interface Summary extends InstanceCounts {
  /** Breakers whose instances do not agree; each is also counted once by its worst state. */
  readonly mixed: number;
}

/** All breakers of one context at one moment, worst first. */
export interface Fleet {
  readonly observedAt: string;
  readonly readings: readonly InstanceReading[];
  readonly breakers: readonly Breaker[];
  readonly errors: readonly InstanceError[];
}

/** How many of each state there are. */
export function countStates(states: Iterable<BreakerState>): InstanceCounts {
  const counts = {
    total: 0,
    closed: 0,
    open: 0,
    halfOpen: 0,
    forcedOpen: 0,
    disabled: 0,
    metricsOnly: 0,
    unknown: 0,
  };
  for (const state of states) {
    counts.total += 1;
    counts[STATE_COUNTS[state]] += 1;
  }
  return counts;
}

/** Folds what every instance said into one list, worst first. An instance that could not be read counts as unknown for each breaker. */
export function foldFleet(readings: readonly InstanceReading[], observedAt: string): Fleet {
  const byName = new Map<string, BreakerReading[]>();
  for (const reading of readings) {
    for (const breaker of reading.breakers ?? []) {
      const name = breakerName(breaker);
      const known = byName.get(name);
      if (known) known.push(breaker);
      else byName.set(name, [breaker]);
    }
  }
  const errors = readings.flatMap(({ error }) => (error ? [error] : []));
  const breakers = [...byName.values()].map((told) => foldBreaker(told, errors)).sort(compareBreakers);
  return { observedAt, readings, breakers, errors };
}

/** How many breakers are in each state, and how many are not in the same one everywhere. */
export function summarise(breakers: readonly Breaker[]): Summary {
  return { ...countStates(breakers.map(({ state }) => state)), mixed: breakers.filter(isMixed).length };
}

function foldBreaker(told: readonly BreakerReading[], errors: readonly InstanceError[]): Breaker {
  const worst = [...told].sort((a, b) => compareStates(a.state, b.state))[0] as BreakerReading;
  const states = [...told.map(({ state }) => state), ...errors.map(() => "unknown" as const)];
  const state = states.reduce((a, b) => (compareStates(a, b) <= 0 ? a : b));
  const unread = state === "unknown" && worst.state !== "unknown";
  return {
    key: worst.key,
    group: worst.group,
    state,
    nativeState: unread ? null : worst.nativeState,
    reason: unread ? `${errors.length} of ${states.length} instances could not be read` : worst.reason,
    since: unread ? null : worst.since,
    retryAt: unread ? null : worst.retryAt,
    instances: countStates(states),
    counts: foldCounts(told),
    thresholds: foldThresholds(told.map(({ thresholds }) => thresholds)),
    ...(worst.inForce && { inForce: foldThresholds(told.map(({ inForce = {} }) => inForce)) }),
  };
}

/** True when the instances of a breaker are not all in the same state. */
export function isMixed({ instances }: Breaker): boolean {
  const { total, ...byState } = instances;
  return !Object.values(byState).includes(total);
}

function compareBreakers(a: Breaker, b: Breaker): number {
  return (
    compareStates(a.state, b.state) || compareText(a.group ?? "", b.group ?? "") || compareText(a.key, b.key)
  );
}

function foldCounts(told: readonly BreakerReading[]): Counts {
  const sum = (name: "failures" | "successes" | "calls" | "rejected") => {
    const values = told.map(({ counts }) => counts[name]).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((a, b) => a + b, 0);
  };
  return {
    failures: sum("failures"),
    successes: sum("successes"),
    calls: sum("calls"),
    rejected: sum("rejected"),
    scope: told[0]?.counts.scope ?? null,
  };
}

/** A threshold on which the instances differ is not told. */
function foldThresholds(told: readonly ThresholdValues[]): ThresholdValues {
  const folded: Record<string, ThresholdValue> = {};
  for (const thresholds of told) {
    for (const [name, value] of Object.entries(thresholds)) {
      folded[name] = Object.hasOwn(folded, name) && folded[name] !== value ? null : value;
    }
  }
  return folded;
}
