import type { BreakerName } from "./named-breaker.ts";
import type { Scenario } from "./scenario.ts";

/** True for the breakers of one instance (counted from 0) that the scenario touches. */
export function isTouched(
  touches: Scenario["touches"],
  breakers: readonly BreakerName[],
  breaker: BreakerName,
  instance: number,
  instances: number,
): boolean {
  switch (touches) {
    case "none":
      return false;
    case "one": {
      const one = breakers[1] ?? breakers[0];
      return breaker.key === one?.key && breaker.group === one.group;
    }
    case "majority": {
      const group = breakers.filter((other) => other.group === breaker.group);
      const pairs = group.length * instances;
      const wanted = Math.max(Math.floor(pairs / 2) + 1, Math.floor(pairs * 0.75));
      const place = group.findIndex((other) => other.key === breaker.key) * instances + instance;
      return place < wanted;
    }
    case "all":
      return true;
  }
}
