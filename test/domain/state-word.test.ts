import { expect, test } from "vitest";
import { BREAKER_STATES } from "../../src/domain/breaker.ts";
import { readStateWord } from "../../src/domain/state-word.ts";

test.each([
  ["CLOSED", "closed"],
  ["close", "closed"],
  ["Opened", "open"],
  [" open ", "open"],
  ["HALF_OPEN", "half_open"],
  ["half-open", "half_open"],
  ["Half Open", "half_open"],
  ["halfOpen", "half_open"],
  ["HalfOpen", "half_open"],
  ["HALFOPEN", "half_open"],
  ["half_opened", "half_open"],
  ["FORCED_OPEN", "forced_open"],
  ["forceOpen", "forced_open"],
  ["DISABLED", "disabled"],
  ["METRICS_ONLY", "metrics_only"],
  ["metricsOnly", "metrics_only"],
  ["CircuitState.OPEN", "open"],
  ["CircuitBreaker.State.HALF_OPEN", "half_open"],
  ["STATE_OPEN", "open"],
] as const)("%s is %s", (word, state) => {
  expect(readStateWord(word)).toBe(state);
});

test.each<[unknown, string]>([
  ["", "nothing"],
  ["unknown", "not a state that a system can claim"],
  ["isolated", "another system's word"],
  ["reopened", "no word for word match"],
  ["open!", "noise"],
  ["0", "a number as text"],
  ["constructor", "a name every object has"],
  [0, "a number, which is never guessed"],
  [2, "a number, which is never guessed"],
  [true, "a flag"],
  [null, "nothing at all"],
  [undefined, "nothing at all"],
  [{ state: "open" }, "an object"],
])("%o tells no state: %s", (word: unknown) => {
  expect(readStateWord(word)).toBeUndefined();
});

test("reads its own words back, but for the one that means that nothing was told", () => {
  for (const state of BREAKER_STATES) {
    expect(readStateWord(state)).toBe(state === "unknown" ? undefined : state);
  }
});
