import type { GuardedBreaker } from "./breaker-policy.ts";

/** How a breaker is called: its key, within a group where the system has groups. */
export interface BreakerName {
  readonly group: string | null;
  readonly key: string;
}

/** One breaker of one instance. */
export interface NamedBreaker {
  readonly name: BreakerName;
  readonly breaker: GuardedBreaker;
}
