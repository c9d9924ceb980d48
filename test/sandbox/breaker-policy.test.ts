import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cockatielBreaker } from "../../src/sandbox/breaker-libraries/cockatiel.ts";
import { opossumBreaker } from "../../src/sandbox/breaker-libraries/opossum.ts";
import type { BreakerMode } from "../../src/sandbox/breaker-policy.ts";
import { aBreaker, fails, play, usualLimits, works } from "./breaker-fixture.ts";

const libraries = [
  { name: "opossum", library: opossumBreaker, halfOpensBy: "timer" },
  { name: "cockatiel", library: cockatielBreaker, halfOpensBy: "next call" },
] as const;

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

describe.each(libraries)("a breaker of $name", ({ library, halfOpensBy }) => {
  it.each([
    { calls: "", state: "closed", failures: 0 },
    { calls: "xxxx", state: "closed", failures: 4 },
    { calls: "xxxx.", state: "closed", failures: 0 },
    { calls: "xxxx.xxxx", state: "closed", failures: 4 },
    { calls: "xxxxx", state: "open", failures: 5 },
    { calls: ".xxxxx", state: "open", failures: 5 },
  ])("counting in a row, is $state after '$calls'", async ({ calls, state, failures }) => {
    const breaker = aBreaker({ library });
    expect(await play(breaker, calls)).toBe(calls);
    expect(breaker.reading()).toMatchObject({ state, failures, successes: 0 });
  });

  it.each([
    { calls: "xxxx.", state: "closed", failures: 4 },
    { calls: "x.x.x.x.x", state: "open", failures: 5 },
  ])("counting within the window, is $state after '$calls'", async ({ calls, state, failures }) => {
    const breaker = aBreaker({ library, counting: "window" });
    expect(await play(breaker, calls)).toBe(calls);
    expect(breaker.reading()).toMatchObject({ state, failures });
  });

  it.each([
    { trials: "..", seen: "..", state: "closed", successes: 0 },
    { trials: ".", seen: ".", state: "half_open", successes: 1 },
    { trials: "x", seen: "x", state: "open", successes: 0 },
    { trials: ".x", seen: ".x", state: "open", successes: 0 },
    { trials: ".x.", seen: ".xr", state: "open", successes: 0 },
    { trials: "..xxxx", seen: "..xxxx", state: "closed", successes: 0 },
    { trials: "..xxxxx", seen: "..xxxxx", state: "open", successes: 0 },
  ])("after the open time, trials '$trials' leave it $state", async ({ trials, seen, state, successes }) => {
    const breaker = aBreaker({ library });
    await play(breaker, "xxxxx");
    vi.advanceTimersByTime(60_000);
    expect(await play(breaker, trials)).toBe(seen);
    expect(breaker.reading()).toMatchObject({ state, successes });
  });

  it("lets nothing through until the open time is over", async () => {
    const breaker = aBreaker({ library });
    await play(breaker, "xxxxx");
    vi.advanceTimersByTime(59_999);
    expect(await play(breaker, "...")).toBe("rrr");
    expect(breaker.reading()).toMatchObject({ state: "open", window: { calls: 5, errors: 5, rejected: 3 } });
  });

  it(`turns half-open by the ${halfOpensBy}`, async () => {
    const breaker = aBreaker({ library });
    await play(breaker, "xxxxx");
    vi.advanceTimersByTime(120_000);
    expect(breaker.reading().state).toBe(halfOpensBy === "timer" ? "half_open" : "open");
    await breaker.call(works);
    expect(breaker.reading().state).toBe("half_open");
  });

  it("shrinks the wait by the time scale, and shows the number unchanged", async () => {
    const breaker = aBreaker({ library, timeScale: 60 });
    await play(breaker, "xxxxx");
    expect(breaker.reading().probeAt).toBe(1_001_000);
    expect(breaker.limits().openMs).toBe(60_000);
    vi.advanceTimersByTime(999);
    expect(await play(breaker, ".")).toBe("r");
    vi.advanceTimersByTime(1);
    expect(await play(breaker, "..")).toBe("..");
    expect(breaker.reading().state).toBe("closed");
  });

  it.each([
    { limits: { failureThreshold: 2 }, before: "", calls: "xx", state: "open" },
    { limits: { failureThreshold: 7 }, before: "xxxx", calls: "xx", state: "closed" },
    { limits: { failureThreshold: 3 }, before: "xxxx", calls: "x", state: "open" },
    { limits: { openMs: 1000 }, before: "", calls: "xxxxx", state: "open" },
  ])("takes $limits in place", async ({ limits, before, calls, state }) => {
    const breaker = aBreaker({ library });
    await play(breaker, before);
    breaker.setLimits(limits);
    await play(breaker, calls);
    expect(breaker.reading().state).toBe(state);
    expect(breaker.limits()).toEqual({ ...usualLimits, ...limits });
  });

  it("waits the open time that holds when it opens again", async () => {
    const breaker = aBreaker({ library });
    await play(breaker, "xxxxx");
    breaker.setLimits({ openMs: 1000, successThreshold: 1 });
    vi.advanceTimersByTime(60_000);
    expect(await play(breaker, "x")).toBe("x");
    vi.advanceTimersByTime(1000);
    expect(await play(breaker, ".")).toBe(".");
    expect(breaker.reading().state).toBe("closed");
  });

  it("has no more than half_open_max_calls trials under way", async () => {
    const breaker = aBreaker({ library, limits: { ...usualLimits, successThreshold: 3 } });
    await play(breaker, "xxxxx");
    vi.advanceTimersByTime(60_000);
    let underWay = 0;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const calls = [1, 2, 3, 4, 5].map(() =>
      breaker.call(() => {
        underWay++;
        return held;
      }),
    );
    expect(underWay).toBe(3);
    release();
    expect(await Promise.all(calls)).toEqual(["ok", "ok", "ok", "rejected", "rejected"]);
    expect(breaker.reading().state).toBe("closed");
  });

  it("opens at the first failed trial, whatever the others bring", async () => {
    const breaker = aBreaker({ library });
    await play(breaker, "xxxxx");
    vi.advanceTimersByTime(60_000);
    let succeed: () => void = () => undefined;
    const slow = breaker.call(
      () =>
        new Promise((resolve) => {
          succeed = resolve;
        }),
    );
    expect(await breaker.call(fails)).toBe("error");
    succeed();
    expect(await slow).toBe("ok");
    expect(breaker.reading()).toMatchObject({ state: "open", successes: 0 });
  });

  it.each(["xxxxx", "xxx", ""])("is closed and clear after a reset that follows '%s'", async (calls) => {
    const breaker = aBreaker({ library });
    await play(breaker, calls);
    expect(breaker.reset()).toBe(true);
    expect(breaker.reading()).toMatchObject({
      state: "closed",
      failures: 0,
      probeAt: null,
      window: { calls: 0, errors: 0, rejected: 0 },
    });
    expect(await play(breaker, "xxxx.")).toBe("xxxx.");
  });

  it("stays closed when it was reset with a trial under way that then fails", async () => {
    const breaker = aBreaker({ library });
    await play(breaker, "xxxxx");
    vi.advanceTimersByTime(60_000);
    let fail: (reason: Error) => void = () => undefined;
    const trial = breaker.call(
      () =>
        new Promise((_, reject) => {
          fail = reject;
        }),
    );
    breaker.reset();
    fail(new Error("late"));
    expect(await trial).toBe("error");
    expect(breaker.reading()).toMatchObject({ state: "closed", failures: 0 });
  });

  it("keeps the last failure's time through a reset", async () => {
    const breaker = aBreaker({ library });
    expect(breaker.reading().lastFailureAt).toBeNull();
    vi.advanceTimersByTime(5);
    await play(breaker, "x");
    breaker.reset();
    expect(breaker.reading().lastFailureAt).toBe(1_000_005);
  });

  it("stays forced open for ever, and closes when released", async () => {
    const breaker = aBreaker({ library });
    await play(breaker, "xxxxx");
    expect(breaker.setMode("forced_open")).toBe(true);
    vi.advanceTimersByTime(10 * 60_000);
    expect(await play(breaker, "...")).toBe("rrr");
    expect(breaker.reset()).toBe(false);
    expect(breaker.reading()).toMatchObject({ state: "open", mode: "forced_open", probeAt: null });
    expect(breaker.setMode("auto")).toBe(true);
    expect(breaker.reading()).toMatchObject({ state: "closed", mode: "auto", failures: 0 });
    expect(await play(breaker, "..")).toBe("..");
  });

  it("lets everything pass uncounted while off", async () => {
    const breaker = aBreaker({ library });
    await play(breaker, "xxxxx");
    breaker.setMode("off");
    expect(await play(breaker, "xxxxxxxx.")).toBe("xxxxxxxx.");
    expect(breaker.reading()).toMatchObject({ state: "closed", mode: "off", failures: 5 });
  });

  it.each(["forced_open", "off"] as BreakerMode[])("says that it was %s already", (mode) => {
    const breaker = aBreaker({ library });
    expect([breaker.setMode(mode), breaker.setMode(mode)]).toEqual([true, false]);
  });

  it("counts and does not act where it must not trip", async () => {
    const breaker = aBreaker({ library, trips: () => false });
    expect(await play(breaker, "x".repeat(12))).toBe("x".repeat(12));
    expect(breaker.reading()).toMatchObject({ state: "closed", failures: 12 });
  });

  it("tells every change of the state it shows, with its time", async () => {
    const seen: string[] = [];
    const onTransition = (from: string, to: string) => void seen.push(`${from} > ${to}`);
    const breaker = aBreaker({ library, onTransition });
    await play(breaker, "xxxxx");
    vi.advanceTimersByTime(60_000);
    await play(breaker, "..");
    expect(breaker.reading().changedAt).toBe(1_060_000);
    breaker.setMode("forced_open");
    breaker.setMode("off");
    breaker.setMode("auto");
    expect(seen).toEqual([
      "closed > open",
      "open > half_open",
      "half_open > closed",
      "closed > open",
      "open > closed",
    ]);
  });

  it("stays as it was while bypassed, and goes on from there", async () => {
    const seen: string[] = [];
    const breaker = aBreaker({ library, onTransition: (from, to) => void seen.push(`${from} > ${to}`) });
    await play(breaker, "xxxxx");
    expect(breaker.setMode("bypassed")).toBe(true);
    expect(await play(breaker, "x..")).toBe("x..");
    expect(breaker.reading()).toMatchObject({ state: "open", mode: "bypassed", failures: 5 });
    breaker.setMode("auto");
    expect(await play(breaker, ".")).toBe("r");
    expect(seen).toEqual(["closed > open"]);
  });

  it("counts calls by outcome, through a reset", async () => {
    const breaker = aBreaker({ library });
    await play(breaker, ".xxxxx..");
    breaker.reset();
    await play(breaker, ".");
    expect(breaker.reading().totals).toEqual({ ok: 2, error: 5, rejected: 2 });
  });

  it("knows whether a call has come", async () => {
    const breaker = aBreaker({ library });
    expect(breaker.reading().called).toBe(false);
    await breaker.call(works);
    breaker.reset();
    expect(breaker.reading().called).toBe(true);
  });
});
