import { opossumBreaker } from "../../src/sandbox/breaker-libraries/opossum.ts";
import type { LibraryFactory } from "../../src/sandbox/breaker-library.ts";
import {
  type BreakerLimits,
  type BreakerSetup,
  createBreaker,
  type GuardedBreaker,
} from "../../src/sandbox/breaker-policy.ts";
import type { BreakerName, NamedBreaker } from "../../src/sandbox/named-breaker.ts";

export const usualLimits: BreakerLimits = {
  failureThreshold: 5,
  successThreshold: 2,
  openMs: 60_000,
  halfOpenMaxCalls: 3,
  callMs: 2000,
};

export function aBreaker(
  setup: Partial<BreakerSetup> & { readonly library?: LibraryFactory } = {},
): GuardedBreaker {
  return createBreaker({
    library: opossumBreaker,
    limits: usualLimits,
    counting: "consecutive",
    now: () => Date.now(),
    timeScale: 1,
    trips: () => true,
    onTransition: () => undefined,
    ...setup,
  });
}

export function named(name: BreakerName, setup: Partial<BreakerSetup> = {}): NamedBreaker {
  return { name, breaker: aBreaker(setup) };
}

export const works = async () => undefined;

export const fails = async () => {
  throw new Error("upstream answered 503");
};

/** `"xx.."` is two failing calls and two good ones, one after the other; `r` stands for one that must be rejected. */
export async function play(breaker: GuardedBreaker, calls: string): Promise<string> {
  let seen = "";
  for (const call of calls) {
    const outcome = await breaker.call(call === "." ? works : fails);
    seen += { ok: ".", error: "x", rejected: "r" }[outcome];
  }
  return seen;
}
