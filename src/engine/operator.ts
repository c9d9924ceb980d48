import type { ChangePlan } from "../domain/change-plan.ts";

/** What must be given before a change is sent, and what stands behind the question. */
export type Demand =
  | { readonly kind: "consent" }
  /** The number of breakers, typed; `--max` for scripts. */
  | { readonly kind: "count"; readonly count: number; readonly because: string }
  /** The context's name, typed; `--confirm` for scripts. */
  | { readonly kind: "name"; readonly name: string; readonly because: string }
  | { readonly kind: "reason"; readonly because: string }
  /** The breaker's key, typed at a terminal; `--force` for scripts. */
  | { readonly kind: "key"; readonly key: string; readonly because: string };

export interface Approval {
  /** The reason, where the operator was asked for one. */
  readonly reason: string | null;
}

export type ChangeEvent =
  | { readonly kind: "sent"; readonly instance: string; readonly journalId: string }
  | { readonly kind: "holding"; readonly forMs: number }
  | { readonly kind: "interrupted"; readonly sent: number; readonly of: number };

/** Who approves: a person at a terminal, the flags of a script, or a test. */
export interface Operator {
  /** @throws CbctlError `no-consent` or `guard` with the evidence, when anything demanded is not given. */
  approve(plan: ChangePlan, demands: readonly Demand[]): Promise<Approval>;
  /** Told as it happens; must not fail. */
  notice(event: ChangeEvent): void;
}
