import type { BreakerLimits } from "../breaker-policy.ts";
import { asSet, type TuningFactory } from "./tuning.ts";

const remembered = 100;
const growth = 1.5;
const mostBackoff = 8;
const second = 1000;

/**
 * Thresholds that follow the error rate of the last calls, and an open time that grows by half with each trip, up to
 * eight times, and halves with each recovery. A reset touches neither.
 */
export const adaptive: TuningFactory = () => {
  let outcomes: boolean[] = [];
  let backoff = 1;
  let trips = 0;
  let wasHalfOpen = false;

  const errorRate = () => outcomes.filter((ok) => !ok).length / Math.max(1, outcomes.length);
  const openSeconds = (set: BreakerLimits) => adaptedSeconds(set.openMs / second, errorRate());

  function inForce(set: BreakerLimits): BreakerLimits {
    return {
      ...set,
      failureThreshold: adaptedThreshold(set.failureThreshold, errorRate(), outcomes.length),
      successThreshold: Math.min(3, trips + 1),
      openMs: Math.floor(openSeconds(set) * backoff) * second,
    };
  }

  return {
    ...asSet(),
    inForce,
    openMs: (set) => Math.floor(openSeconds(set) * grown(backoff)) * second,
    shouldOpen: (set, failures) => failures >= inForce(set).failureThreshold,
    recorded(ok) {
      outcomes = [...outcomes, ok].slice(-remembered);
    },
    changed(to) {
      if (to === "open") {
        trips++;
        backoff = grown(backoff);
      }
      if (to === "closed" && wasHalfOpen) backoff = Math.max(1, backoff / 2);
      wasHalfOpen = to === "half_open";
    },
  };
};

function grown(backoff: number): number {
  return Math.min(mostBackoff, backoff * growth);
}

function adaptedThreshold(base: number, errorRate: number, samples: number): number {
  if (errorRate > 0.5) return Math.max(2, Math.floor(base / 2));
  if (errorRate > 0.2) return Math.max(3, Math.floor(base * 0.7));
  return errorRate < 0.05 && samples > 50 ? Math.min(base * 2, 15) : base;
}

function adaptedSeconds(base: number, errorRate: number): number {
  if (errorRate > 0.5) return Math.min(base * 3, 300);
  if (errorRate > 0.2) return Math.min(base * 2, 180);
  return errorRate < 0.05 ? Math.max(Math.floor(base / 2), 15) : base;
}
