import type { LibraryState } from "../breaker-library.ts";
import type { NamedBreaker } from "../named-breaker.ts";

/** The same states in one of the four bodies that versions of this system have had. */
export type StateShape = "full" | "bare" | "flat" | "empty-stats";

export interface StatesOptions {
  readonly shape: StateShape;
  readonly tellsEnabled: boolean;
  readonly now: () => number;
}

const updogWords: Readonly<Record<LibraryState, string>> = {
  closed: "CLOSED",
  open: "OPEN",
  half_open: "HALF_OPEN",
};

/** Names of the breakers that are not closed. */
export function degradedOf(breakers: readonly NamedBreaker[]): string[] {
  return breakers.filter(({ breaker }) => breaker.reading().state !== "closed").map(({ name }) => name.key);
}

/** Names of the open breakers that the system takes for critical: by their names alone. */
export function criticalOf(breakers: readonly NamedBreaker[]): string[] {
  const open = breakers.filter(({ breaker }) => breaker.reading().state === "open");
  return open.map(({ name }) => name.key).filter((key) => /cache|db|database/.test(key));
}

export function statesBody(breakers: readonly NamedBreaker[], options: StatesOptions): unknown {
  const states = Object.fromEntries(breakers.map((target) => [target.name.key, stateOf(target, options)]));
  if (options.shape === "flat") return states;
  const degraded = degradedOf(breakers);
  const timestamp = new Date(options.now()).toISOString();
  return { states, healthy: degraded.length === 0, degraded, timestamp };
}

function stateOf(target: NamedBreaker, { shape, tellsEnabled }: StatesOptions): unknown {
  const word = updogWords[target.breaker.reading().state];
  if (shape === "bare" || shape === "flat") return word;
  const { mode } = target.breaker.reading();
  const enabled = tellsEnabled ? { enabled: mode !== "off" } : {};
  return { state: word, ...enabled, stats: shape === "empty-stats" ? {} : stats(target, word) };
}

/** `isHealthy` is false for a breaker that nobody called, and `currentBackoffMs` is the wait of the next opening. */
function stats({ breaker }: NamedBreaker, word: string) {
  const { totals } = breaker.reading();
  const total = totals.ok + totals.error + totals.rejected;
  const successRate = total === 0 ? 0 : totals.ok / total;
  const { failureThreshold, openMs } = breaker.limitsInForce();
  return {
    state: word,
    totalRequests: total,
    successCount: totals.ok,
    fallbackCount: total - totals.ok,
    successRate,
    effectiveThreshold: failureThreshold,
    currentBackoffMs: openMs,
    isHealthy: word === "CLOSED" && successRate >= 0.95,
  };
}
