import { describe, expect, test } from "vitest";
import { formatDuration, parseDuration } from "../../../src/domain/vocabulary/duration.ts";

describe("parseDuration", () => {
  test.each([
    ["500ms", 500],
    ["90s", 90_000],
    ["1m30s", 90_000],
    ["1.5m", 90_000],
    ["0.1s", 100],
    ["2h", 7_200_000],
    ["1d", 86_400_000],
    ["1w", 604_800_000],
    ["0s", 0],
    ["10000000.001s", 10_000_000_001],
  ])("%s is %i ms", (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  test.each([
    "",
    "90",
    "s",
    "-1s",
    "1 s",
    "1.s",
    ".5s",
    "1,5s",
    "1S",
    "0.1ms",
    "1.0005s",
    "1s ",
    "1e3s",
    "99999999999999w",
  ])("%o is none", (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe("formatDuration", () => {
  test.each([
    [0, "0s"],
    [1, "1ms"],
    [999, "999ms"],
    [1_000, "1s"],
    [1_500, "1.5s"],
    [61_500, "1m1.5s"],
    [90_000, "1m30s"],
    [3_600_000, "1h"],
    [90_061_001, "1d1h1m1.001s"],
    [604_800_000, "7d"],
    [-1_500, "-1.5s"],
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "Infinity"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

test("what is formatted reads back exactly", () => {
  for (let ms = 0; ms < 100_000; ms += 7) expect(parseDuration(formatDuration(ms))).toBe(ms);
  for (let ms = 1; ms < 2e13; ms = ms * 3 + 1) expect(parseDuration(formatDuration(ms)), String(ms)).toBe(ms);
});
