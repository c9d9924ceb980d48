import type { Behaviour } from "./behaviour.ts";
import type { CallOutcome, LibraryState } from "./breaker-library.ts";
import type { BreakerLimits } from "./breaker-policy.ts";

/** How a touched breaker was at one moment of the past. */
export interface PastMoment {
  readonly state: LibraryState;
  /** Null: nobody called. */
  readonly outcome: CallOutcome | null;
  readonly callSeconds: number;
}

/** One situation of the fleet: what is wrong, what triage must say of it, and how it ends. Durations are simulated. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly does: string;
  /** Names of the alert rules that hold. */
  readonly triage: readonly string[];
  /** Which breakers it touches; `majority` is three in four of the (breaker, instance) pairs of each group. */
  readonly touches: "none" | "one" | "majority" | "all";
  /** Thresholds of the touched breakers, where they are not the usual ones. */
  readonly limits?: Partial<BreakerLimits>;
  /** How the touched breakers are at the start. */
  readonly start: "as-is" | "open" | "half_open" | "failing";
  /** What the touched upstreams do from then on; `broken` is what this system's breakers count as a failure. */
  readonly upstream: "broken" | Behaviour;
  /** The touched breakers do not all close at once, but one after the other. */
  readonly staggered?: true;
  /** While it lasts nobody calls the touched breakers. */
  readonly quiet?: true;
  /** While it lasts failures are counted and nothing follows. */
  readonly neverTrips?: true;
  /** While it lasts `/metrics` lacks the breakers. */
  readonly metricsMissing?: true;
  /** How long ago the instances started; usually a week. */
  readonly startedAgoMs?: number;
  /** It ends by itself after this time; null: only when someone acts. */
  readonly endsAfterMs: number | null;
  /** What Alertmanager is told of it, in the words of each system. */
  readonly alert: AlertKind | null;
  /** How long before the start it began, in a written past. */
  readonly beganAgoMs: number;
  /** The touched breakers so many milliseconds before the start, from when it began. */
  readonly past: (agoMs: number) => PastMoment;
}

export type AlertKind =
  | "open"
  | "all-open"
  | "majority-open"
  | "flapping"
  | "stuck-half-open"
  | "metrics-missing"
  | "slow";
