import { describe, expect, test } from "vitest";
import {
  assignmentOf,
  fromNative,
  isThresholdName,
  jsonName,
  type NativeUnit,
  quantityOf,
  THRESHOLDS,
  type ThresholdName,
  thresholdOfJsonName,
  toNative,
} from "../../src/domain/threshold.ts";

const NAMES = Object.keys(THRESHOLDS) as ThresholdName[];

describe("names", () => {
  test("of JSON lead back to the threshold; only durations name their unit", () => {
    for (const name of NAMES) {
      expect(thresholdOfJsonName(jsonName(name))).toBe(name);
      expect(jsonName(name).endsWith("Ms")).toBe(quantityOf(name) === "duration");
    }
  });

  test.each(["timeout", "constructor", "", "openDurationMs"])("%s is no canonical name", (name) => {
    expect(isThresholdName(name)).toBe(false);
  });

  test("a JSON name that is none has no threshold", () => {
    expect(thresholdOfJsonName("timeoutMs")).toBeUndefined();
    expect(thresholdOfJsonName("openDuration")).toBeUndefined();
  });
});

describe("fromNative", () => {
  test.each([
    ["openDuration", "s", 60, 60_000],
    ["openDuration", "ms", 1_500, 1_500],
    ["openDuration", "m", 1.5, 90_000],
    ["openDuration", "h", 2, 7_200_000],
    ["openDuration", "s", 0.1, 100],
    ["openDuration", "s", "60", 60_000],
    ["failureRateThreshold", "percent", 33.3, 0.333],
    ["failureRateThreshold", "percent", 57, 0.57],
    ["failureRateThreshold", "ratio", 0.5, 0.5],
    ["failureThreshold", undefined, 5, 5],
    ["failureThreshold", undefined, 0, 0],
    ["enabled", undefined, false, false],
    ["windowDuration", "ms", 1_234_567_890_123, 1_234_567_890_123],
  ] as const)("%s in %s: %o is %o", (name, unit, native, canonical) => {
    expect(fromNative(name, thresholdIn(unit), native)).toBe(canonical);
  });

  test.each([
    ["failureThreshold", null],
    ["failureThreshold", undefined],
    ["failureThreshold", Number.NaN],
    ["failureThreshold", Number.POSITIVE_INFINITY],
    ["failureThreshold", ""],
    ["failureThreshold", " "],
    ["failureThreshold", "five"],
    ["failureThreshold", "0x10"],
    ["failureThreshold", true],
    ["failureThreshold", [5]],
    ["failureThreshold", { value: 5 }],
    ["enabled", 1],
    ["enabled", "true"],
    ["enabled", null],
  ] as const)("%s: %o is not told, never guessed", (name, native) => {
    expect(fromNative(name, thresholdIn(undefined), native)).toBeNull();
  });
});

describe("toNative", () => {
  test.each([
    ["s", 90_000, 90],
    ["s", 1_500, null],
    ["ms", 1_500, 1_500],
    ["m", 90_000, null],
    ["m", 120_000, 2],
    ["h", 5_400_000, null],
    ["percent", 0.6, 60],
    ["percent", 0.07, 7],
    ["percent", 0.333, 33.3],
    ["ratio", 0.25, 0.25],
    [undefined, 7, 7],
    [undefined, true, true],
  ] as const)("in %s, %o is %o", (unit, canonical, native) => {
    expect(toNative(thresholdIn(unit), canonical)).toBe(native);
  });

  test("and back again is where it began, for every value that a unit can hold", () => {
    const cases: readonly (readonly [ThresholdName, NativeUnit, number])[] = [
      ["openDuration", "ms", 1],
      ["openDuration", "s", 1_000],
      ["openDuration", "m", 60_000],
      ["openDuration", "h", 3_600_000],
      ["failureRateThreshold", "percent", 0.001],
      ["failureRateThreshold", "ratio", 0.001],
    ];
    for (const [name, unit, step] of cases) {
      for (let count = 1; count <= 1_000; count += 1) {
        const value = Number((count * step).toPrecision(12));
        expect(fromNative(name, thresholdIn(unit), toNative(thresholdIn(unit), value))).toBe(value);
      }
    }
  });
});

test.each([
  ["openDurationMs", 90_000, "openDuration=1m30s"],
  ["failureThreshold", 7, "failureThreshold=7"],
  ["enabled", false, "enabled=false"],
  ["failureThreshold", undefined, "failureThreshold=?"],
  ["failureThreshold", null, "failureThreshold=?"],
  ["strange", 1, "strange=1"],
])("%s %o is typed %s", (name, value, typed) => {
  expect(assignmentOf(name, value)).toBe(typed);
});

function thresholdIn(unit: NativeUnit | undefined) {
  return { as: "native", unit };
}
