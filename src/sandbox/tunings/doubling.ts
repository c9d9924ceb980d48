import type { BreakerLimits } from "../breaker-policy.ts";
import { asSet, type TuningFactory } from "./tuning.ts";

const most = 32;
const jitterShare = 0.3;

/**
 * An open time that doubles with each opening, up to 32 times, until the breaker closes; what is in force is the next
 * one. Each wait varies by ±30 % where `random` is given (from 0 to 1), and not at all where it is null.
 */
export function doubling(random: (() => number) | null): TuningFactory {
  return () => {
    let factor = 1;
    const nextMs = (set: BreakerLimits) => set.openMs * factor;
    return {
      ...asSet(),
      inForce: (set) => ({ ...set, openMs: nextMs(set) }),
      openMs: (set) => nextMs(set) * (random === null ? 1 : 1 + jitterShare * (2 * random() - 1)),
      changed(to) {
        if (to === "open") factor = Math.min(most, factor * 2);
        if (to === "closed") factor = 1;
      },
    };
  };
}
