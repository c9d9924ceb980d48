import { describe, expect, it } from "vitest";
import { adaptive } from "../../../src/sandbox/tunings/adaptive.ts";
import { doubling } from "../../../src/sandbox/tunings/doubling.ts";
import { errorRate } from "../../../src/sandbox/tunings/error-rate.ts";
import { asSet, type Tuning } from "../../../src/sandbox/tunings/tuning.ts";
import { usualLimits } from "../breaker-fixture.ts";

/** `x` a failure, `.` a success, `O` opens, `H` half-opens, `C` closes. */
function happen(tuning: Tuning, events: string): Tuning {
  for (const [at, event] of [...events].entries()) {
    if (event === "x" || event === ".") tuning.recorded(event === ".", at * 1000);
    else tuning.changed(event === "O" ? "open" : event === "H" ? "half_open" : "closed");
  }
  return tuning;
}

it("as set, nothing changes them", () => {
  const tuning = happen(asSet(), "xxxxxOHxO");
  expect(tuning.inForce(usualLimits)).toBe(usualLimits);
  expect(tuning.openMs(usualLimits)).toBe(60_000);
  expect([4, 5].map((failures) => tuning.shouldOpen(usualLimits, failures))).toEqual([false, true]);
});

describe("adaptive thresholds", () => {
  it.each([
    { events: "", threshold: 5, seconds: 30, why: "no errors: half the wait" },
    { events: ".".repeat(51), threshold: 10, seconds: 30, why: "long without errors: twice the failures" },
    { events: `${".".repeat(9)}x`, threshold: 5, seconds: 60, why: "10 % errors: as set" },
    { events: "...x", threshold: 3, seconds: 120, why: "25 % errors: 0.7 times, and twice the wait" },
    { events: "xx", threshold: 2, seconds: 180, why: "only errors: half, and three times the wait" },
    { events: "xxO", threshold: 2, seconds: 270, why: "a trip: half as long again" },
    { events: "xxOHxO", threshold: 2, seconds: 405, why: "a second trip" },
    { events: "xxOHxOHC", threshold: 2, seconds: 202, why: "a recovery halves the backoff" },
    { events: `xx${"OHx".repeat(9)}O`, threshold: 2, seconds: 1440, why: "never more than eight times" },
    { events: "xxOC", threshold: 2, seconds: 270, why: "a reset leaves the backoff" },
  ])("$events: $why", ({ events, threshold, seconds }) => {
    const { failureThreshold, openMs } = happen(adaptive(), events).inForce(usualLimits);
    expect([failureThreshold, openMs / 1000]).toEqual([threshold, seconds]);
  });

  it("opens by the threshold in force, for as long as it then shows", () => {
    const tuning = happen(adaptive(), "xx");
    expect(tuning.shouldOpen(usualLimits, 2)).toBe(true);
    expect(tuning.openMs(usualLimits)).toBe(270_000);
    expect(happen(tuning, "O").inForce(usualLimits).openMs).toBe(270_000);
  });

  it.each([
    { trips: 0, needed: 1 },
    { trips: 1, needed: 2 },
    { trips: 2, needed: 3 },
    { trips: 5, needed: 3 },
  ])("needs $needed successes to close after $trips trips", ({ trips, needed }) => {
    expect(happen(adaptive(), "O".repeat(trips)).inForce(usualLimits).successThreshold).toBe(needed);
  });
});

describe("a doubling wait", () => {
  it.each([
    { events: "", next: 60 },
    { events: "O", next: 120 },
    { events: "OHO", next: 240 },
    { events: "OHOHC", next: 60 },
    { events: "OH".repeat(9), next: 60 * 32 },
  ])("$events: $next s next", ({ events, next }) => {
    const tuning = happen(doubling(null)(), events);
    expect(tuning.inForce(usualLimits).openMs / 1000).toBe(next);
    expect(tuning.openMs(usualLimits) / 1000).toBe(next);
  });

  it.each([
    { random: 0, seconds: 42 },
    { random: 0.5, seconds: 60 },
    { random: 1, seconds: 78 },
  ])("varies to $seconds s when asked to, and shows 60", ({ random, seconds }) => {
    const tuning = doubling(() => random)();
    expect(tuning.openMs(usualLimits) / 1000).toBeCloseTo(seconds);
    expect(tuning.inForce(usualLimits).openMs).toBe(60_000);
  });
});

describe("an error rate", () => {
  const limits = { ...usualLimits, errorRate: 0.5, errorWindowMs: 10_000 };

  it.each([
    { needsVolume: false, events: "x", failures: 1, opens: true, why: "the very first call" },
    { needsVolume: true, events: "x", failures: 1, opens: false, why: "too few calls" },
    { needsVolume: true, events: "x.x.x", failures: 1, opens: true, why: "five calls, three failed" },
    { needsVolume: false, events: "..x", failures: 1, opens: false, why: "a third failed" },
    { needsVolume: false, events: ".........xxxxx", failures: 5, opens: true, why: "five in a row" },
    {
      needsVolume: false,
      events: `${".".repeat(20)}xxxxx`,
      failures: 4,
      opens: true,
      why: "half of the last 10 s",
    },
    {
      needsVolume: false,
      events: `${".".repeat(20)}xxxx`,
      failures: 4,
      opens: false,
      why: "less than half of them",
    },
    { needsVolume: true, events: "xxxxC", failures: 0, opens: false, why: "closing clears the window" },
  ])("$events opens: $opens, $why", ({ needsVolume, events, failures, opens }) => {
    expect(happen(errorRate(needsVolume)(), events).shouldOpen(limits, failures)).toBe(opens);
  });

  it("is not looked at where none is set", () => {
    expect(happen(errorRate(false)(), "xxx").shouldOpen(usualLimits, 3)).toBe(false);
  });
});
