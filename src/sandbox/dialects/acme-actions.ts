import type { BreakerMode, GuardedBreaker } from "../breaker-policy.ts";

/** What each word of `"do"` does to a breaker; true when it changed something. */
export const actions: ReadonlyMap<string, (breaker: GuardedBreaker) => boolean> = new Map([
  ["reset", (breaker: GuardedBreaker) => breaker.reset()],
  ["trip", (breaker: GuardedBreaker) => breaker.setMode("forced_open")],
  ["release", (breaker: GuardedBreaker) => leave(breaker, "forced_open")],
  ["disable", (breaker: GuardedBreaker) => breaker.setMode("off")],
  ["enable", (breaker: GuardedBreaker) => leave(breaker, "off")],
]);

function leave(breaker: GuardedBreaker, mode: BreakerMode): boolean {
  return breaker.reading().mode === mode && breaker.setMode("auto");
}
