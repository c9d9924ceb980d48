import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cockatielBreaker } from "../../src/sandbox/breaker-libraries/cockatiel.ts";
import { opossumBreaker } from "../../src/sandbox/breaker-libraries/opossum.ts";
import { adaptive } from "../../src/sandbox/tunings/adaptive.ts";
import { doubling } from "../../src/sandbox/tunings/doubling.ts";
import { aBreaker, play, usualLimits } from "./breaker-fixture.ts";

const libraries = [
  { name: "opossum", library: opossumBreaker },
  { name: "cockatiel", library: cockatielBreaker },
] as const;

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"], now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());

describe.each(libraries)("a tuned breaker of $name", ({ library }) => {
  it("starts again as a new one, with the limits it has", async () => {
    const breaker = aBreaker({ library, tuning: doubling(null) });
    breaker.setLimits({ failureThreshold: 3 });
    await play(breaker, "xxx.");
    breaker.setMode("forced_open");
    vi.advanceTimersByTime(1000);
    breaker.restart();
    expect(breaker.limitsInForce()).toEqual({ ...usualLimits, failureThreshold: 3 });
    expect(breaker.reading()).toEqual({
      state: "closed",
      mode: "auto",
      failures: 0,
      successes: 0,
      window: { calls: 0, errors: 0, rejected: 0 },
      changedAt: 1_001_000,
      lastFailureAt: null,
      probeAt: null,
      called: false,
      totals: { ok: 0, error: 0, rejected: 0 },
    });
    expect(await play(breaker, "xxx.")).toBe("xxxr");
  });

  it("waits as its tuning says, and shows when it tries", async () => {
    const breaker = aBreaker({ library, tuning: doubling(null), timeScale: 2 });
    await play(breaker, "xxxxx");
    expect(breaker.reading().probeAt).toBe(1_030_000);
    expect([breaker.limits().openMs, breaker.limitsInForce().openMs]).toEqual([60_000, 120_000]);
    vi.advanceTimersByTime(30_000);
    expect(await play(breaker, "x")).toBe("x");
    expect(breaker.reading()).toMatchObject({ state: "open", probeAt: 1_090_000 });
  });

  it("needs as many successes as are in force", async () => {
    const breaker = aBreaker({ library, tuning: adaptive });
    await play(breaker, "xx");
    vi.advanceTimersByTime(270_000);
    expect(await play(breaker, ".")).toBe(".");
    expect(breaker.reading().state).toBe("half_open");
    expect(await play(breaker, ".")).toBe(".");
    expect(breaker.reading().state).toBe("closed");
  });

  it("opens for a fixed time while one is given, and shows its limits unchanged", async () => {
    const breaker = aBreaker({ library, tuning: doubling(null), timeScale: 10 });
    breaker.fixOpenMs(5000);
    await play(breaker, "xxxxx");
    expect([breaker.reading().probeAt, breaker.limits().openMs]).toEqual([1_000_500, 60_000]);
    breaker.fixOpenMs(null);
    vi.advanceTimersByTime(500);
    await play(breaker, "x");
    expect(breaker.reading().probeAt).toBe(1_012_500);
  });
});
