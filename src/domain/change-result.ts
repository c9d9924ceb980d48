import type { BreakerState } from "./breaker.ts";
import type { ThresholdValues } from "./threshold.ts";
import type { Verb } from "./vocabulary/change.ts";

/** What was read of a breaker before or after a change; only the thresholds that the change is about. */
export interface ChangeFacts {
  readonly state: BreakerState;
  readonly thresholds: ThresholdValues;
}

/** What became of a change at one instance. */
export const OUTCOMES = [
  "planned",
  "applied",
  "unchanged",
  "failed",
  "unverified",
  "unknown",
  "refused",
  "unsupported",
] as const;

export type Outcome = (typeof OUTCOMES)[number];

export interface InstanceResult {
  readonly key: string;
  readonly group: string | null;
  readonly instance: string;
  readonly before: ChangeFacts | null;
  readonly after: ChangeFacts | null;
  readonly outcome: Outcome;
  readonly message: string | null;
}

/** The answer of every changing command. `applied` of `total` instances hold what was asked, unchanged ones included. */
export interface ChangeResult {
  readonly action: Verb | "undo";
  readonly context: string;
  readonly system: string;
  readonly dryRun: boolean;
  readonly results: readonly InstanceResult[];
  readonly applied: number;
  readonly total: number;
  readonly journalId: string | null;
  /** With --dry-run: each request that would be sent, as curl with secrets as variables. */
  readonly requests?: readonly string[] | undefined;
}
