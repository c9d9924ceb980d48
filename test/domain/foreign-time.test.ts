import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readForeignTime } from "../../src/domain/foreign-time.ts";

const zone = process.env["TZ"];

/** Far from UTC, so that a time read as local shows. */
beforeEach(() => {
  process.env["TZ"] = "Asia/Tokyo";
});

afterEach(() => {
  if (zone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = zone;
});

const NOON = "2026-03-01T12:00:00.000Z";

test.each([
  ["ISO with Z", "2026-03-01T12:00:00Z"],
  ["naive is UTC", "2026-03-01T12:00:00"],
  ["naive without seconds", "2026-03-01 12:00"],
  ["naive with a blank and microseconds", "2026-03-01 12:00:00.000400"],
  ["an offset with microseconds", "2026-03-01T12:00:00.000123+00:00"],
  ["another zone", "2026-03-01T14:00:00+02:00"],
  ["an offset without a colon", "2026-03-01T14:00:00+0200"],
  ["a zone in words", "2026-03-01 12:00:00 UTC"],
  ["a zone id after the offset", "2026-03-01T13:00:00+01:00[Europe/Berlin]"],
  ["nanoseconds", "2026-03-01T12:00:00.000000001Z"],
  ["seconds since 1970", 1_772_366_400],
  ["seconds with a fraction", 1_772_366_400.0004],
  ["milliseconds since 1970", 1_772_366_400_000],
  ["seconds as text", "1772366400"],
  ["milliseconds as text", " 1772366400000 "],
])("%s", (_, told) => {
  expect(readForeignTime(told)).toBe(NOON);
});

test("a date alone is its beginning in UTC", () => {
  expect(readForeignTime("2026-03-01")).toBe("2026-03-01T00:00:00.000Z");
});

describe("is not told by", () => {
  test.each([
    ["null", null],
    ["nothing", undefined],
    ["zero", 0],
    ["zero as text", "0"],
    ["-1", -1],
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["an empty text", ""],
    ["a word", "never"],
    ["a month that is none", "2026-13-01T00:00:00Z"],
    ["words after the time", "2026-03-01 12:00:00 or so"],
    ["the zero time of Go", "0001-01-01T00:00:00Z"],
    ["the beginning of the epoch", "1970-01-01T00:00:00Z"],
    ["seconds since the process began", 86_432.117],
    ["microseconds, which would be a year far away", 1_772_366_400_000_000],
    ["nanoseconds", 1_772_366_400_000_000_000],
    ["a flag", true],
    ["a list", [2026, 3, 1]],
  ])("%s", (_, told) => {
    expect(readForeignTime(told)).toBeNull();
  });
});

test.each([
  ["s", 1_772_366_400],
  ["ms", 1_772_366_400_000],
] as const)("a known unit, %s, is not guessed by size", (unit, told) => {
  expect(readForeignTime(told, unit)).toBe(NOON);
  expect(readForeignTime(String(told), unit)).toBe(NOON);
  expect(readForeignTime(told, unit === "s" ? "ms" : "s")).toBeNull();
});

test("reads its own output back", () => {
  for (let ms = 1.2e11; ms < 9e12; ms += 123_456_789_123) {
    const text = new Date(ms).toISOString();
    expect(readForeignTime(text)).toBe(text);
    expect(readForeignTime(ms)).toBe(text);
  }
});
