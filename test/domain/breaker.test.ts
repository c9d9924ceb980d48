import { expect, test } from "vitest";
import { BREAKER_STATES, breakerName, compareStates, placeOf } from "../../src/domain/breaker.ts";

test("a breaker is named by group and key, or by its key where there are no groups", () => {
  expect(breakerName({ group: "deepseek", key: "1" })).toBe("deepseek/1");
  expect(breakerName({ group: null, key: "a/b" })).toBe("a/b");
});

test("places that only look alike when joined stay apart", () => {
  const places = [
    { instance: "a", group: "b", key: "c/d" },
    { instance: "a", group: "b/c", key: "d" },
    { instance: "a", group: null, key: "b/c/d" },
    { instance: "a,b", group: null, key: "c/d" },
  ];
  expect(new Set(places.map(placeOf)).size).toBe(places.length);
});

test("states are ordered worst first", () => {
  expect([...BREAKER_STATES].reverse().sort(compareStates)).toEqual([...BREAKER_STATES]);
  expect(compareStates("open", "open")).toBe(0);
});
