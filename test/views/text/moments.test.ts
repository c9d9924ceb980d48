import { describe, expect, it } from "vitest";
import { retryText, roughDuration, sinceText } from "../../../src/views/text/moments.ts";
import { at, PIPED, TERMINAL_80 } from "../samples.ts";

describe("roughDuration", () => {
  it.each([
    [-5_000, "0s"],
    [0, "0s"],
    [999, "0s"],
    [1_500, "1s"],
    [59_999, "59s"],
    [200_500, "3m20s"],
    [3_600_000, "1h"],
    [7_530_000, "2h5m"],
    [86_400_000 * 3 + 3_600_000 * 4.5, "3d4h"],
    [86_400_000 * 400, "400d"],
  ])("%i ms is %s", (ms, text) => {
    expect(roughDuration(ms)).toBe(text);
  });
});

describe("times for a person and elsewhere", () => {
  it.each([
    { when: "told", time: at(-200), person: "3m20s", elsewhere: at(-200) },
    { when: "ahead of our clock", time: at(30), person: "0s", elsewhere: at(30) },
    { when: "not told", time: null, person: "-", elsewhere: "-" },
  ])("since, $when", ({ time, person, elsewhere }) => {
    expect(sinceText(time, TERMINAL_80)).toBe(person);
    expect(sinceText(time, PIPED)).toBe(elsewhere);
  });

  it.each([
    { when: "to come", time: at(12), person: "in 12s", elsewhere: at(12) },
    { when: "passed", time: at(-1), person: "due", elsewhere: at(-1) },
    { when: "not told", time: null, person: "-", elsewhere: "-" },
  ])("next try, $when", ({ time, person, elsewhere }) => {
    expect(retryText(time, TERMINAL_80)).toBe(person);
    expect(retryText(time, PIPED)).toBe(elsewhere);
  });
});
