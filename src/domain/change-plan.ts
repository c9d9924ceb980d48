import type { ChangeFacts, Outcome } from "./change-result.ts";
import type { Reach, Verb } from "./vocabulary/change.ts";

/** One breaker at one instance, as a change finds it, and what is to become of it. */
export interface PlannedTarget {
  readonly key: string;
  readonly group: string | null;
  readonly instance: string;
  readonly before: ChangeFacts | null;
  readonly to: Partial<ChangeFacts>;
  readonly outcome: Extract<Outcome, "planned" | "unchanged" | "refused" | "unsupported" | "unknown">;
  readonly message: string | null;
}

/** How many of a whole a change selects. */
export interface Share {
  readonly group: string | null;
  readonly selected: number;
  readonly of: number;
}

/** What is about to happen, shown before consent. */
export interface ChangePlan {
  readonly action: Verb | "undo";
  readonly context: string;
  readonly system: string;
  readonly protected: boolean;
  readonly reach: Reach;
  readonly reason: string | null;
  readonly targets: readonly PlannedTarget[];
  /** Breakers that the plan touches, of all in the context. */
  readonly selected: number;
  readonly of: number;
  /** The group of which the plan takes the largest share. */
  readonly largest: Share | null;
  /** What will happen by itself, in words: "deepseek-1 tries again in 12 s". */
  readonly byItself: readonly string[];
  readonly notes: readonly string[];
  /** Each request as a command line, secrets as variables. */
  readonly requests: readonly string[];
}
