import type { ThresholdValues } from "./threshold.ts";

/** The states of a breaker, worst first: the order of every list and of every share. */
export const BREAKER_STATES = [
  "open",
  "forced_open",
  "half_open",
  "unknown",
  "disabled",
  "metrics_only",
  "closed",
] as const;

export type BreakerState = (typeof BREAKER_STATES)[number];

/** Calls that a breaker counted; null is "not told". `scope` says over what: a window, its life, or not told. */
export interface Counts {
  readonly failures: number | null;
  readonly successes: number | null;
  readonly calls: number | null;
  readonly rejected: number | null;
  readonly scope: "window" | "lifetime" | "since-transition" | null;
}

/** What one instance told of one breaker, in cbctl's words. Times are RFC 3339 UTC. */
export interface BreakerReading {
  readonly key: string;
  readonly group: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly instance: string;
  readonly state: BreakerState;
  /** The system's own word; null when it told none. */
  readonly nativeState: string | null;
  readonly reason: string | null;
  readonly since: string | null;
  readonly retryAt: string | null;
  readonly lastFailureAt: string | null;
  readonly counts: Counts;
  readonly thresholds: ThresholdValues;
  /** The thresholds that the system adapts, as they work now; absent where it adapts none. */
  readonly inForce?: ThresholdValues;
}

export interface InstanceCounts {
  readonly total: number;
  readonly closed: number;
  readonly open: number;
  readonly halfOpen: number;
  readonly forcedOpen: number;
  readonly disabled: number;
  readonly metricsOnly: number;
  readonly unknown: number;
}

/** The name under which each state is counted. */
export const STATE_COUNTS: Readonly<Record<BreakerState, Exclude<keyof InstanceCounts, "total">>> = {
  open: "open",
  forced_open: "forcedOpen",
  half_open: "halfOpen",
  unknown: "unknown",
  disabled: "disabled",
  metrics_only: "metricsOnly",
  closed: "closed",
};

/** One breaker over all its instances. `state` is the worst of them; what could not be read counts as unknown. */
export interface Breaker {
  readonly key: string;
  readonly group: string | null;
  readonly state: BreakerState;
  readonly nativeState: string | null;
  readonly reason: string | null;
  readonly since: string | null;
  readonly retryAt: string | null;
  readonly instances: InstanceCounts;
  readonly counts: Counts;
  readonly thresholds: ThresholdValues;
  readonly inForce?: ThresholdValues;
}

/** The name by which a breaker is addressed: `group/key`, or the key where the system knows no groups. */
export function breakerName(breaker: { readonly key: string; readonly group: string | null }): string {
  return breaker.group === null ? breaker.key : `${breaker.group}/${breaker.key}`;
}

/** A breaker at an instance. */
export type Place = Pick<BreakerReading, "key" | "group" | "instance">;

/** A place as a key of maps; it begins with the instance. */
export function placeOf({ instance, group, key }: Place): string {
  return JSON.stringify([instance, group, key]);
}

/** Order of two states, worst first, for `sort`. */
export function compareStates(a: BreakerState, b: BreakerState): number {
  return BREAKER_STATES.indexOf(a) - BREAKER_STATES.indexOf(b);
}
