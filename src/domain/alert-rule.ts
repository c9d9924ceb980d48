import type { Condition } from "./vocabulary/condition.ts";

export type Severity = "critical" | "warning" | "info";

/** A condition over measures, for how long, how severe, which runbook. */
export interface AlertRule {
  readonly name: string;
  readonly title: string;
  /** Names under which other alerting systems know it. */
  readonly names: readonly string[];
  readonly severity: Severity;
  readonly respondWithinMs: number | null;
  /** What one judgement is about: each breaker, each group, or the context as a whole. */
  readonly per: "breaker" | "group" | "context";
  readonly condition: Condition;
  /** How long the condition must have held; null: a moment is enough. */
  readonly forMs: number | null;
  readonly runbook: string | null;
}
