import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Behaviour } from "../../src/sandbox/behaviour.ts";
import { createFault } from "../../src/sandbox/fault.ts";
import { allOpen } from "../../src/sandbox/scenarios/all-open.ts";
import { oneOpen } from "../../src/sandbox/scenarios/one-open.ts";
import type { Upstreams } from "../../src/sandbox/upstreams.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aFault(scenario = allOpen, timeScale = 1) {
  const told: string[] = [];
  const upstreams: Upstreams = {
    callUrl: () => "",
    works: () => true,
    healthUrl: () => "",
    set: (upstream: string, { kind }: Behaviour) => void told.push(`${upstream} ${kind}`),
    heal: () => void told.push("heal"),
    stop: async () => undefined,
  };
  return { fault: createFault(scenario, upstreams, ["ledger", "rates"], timeScale), told };
}

it.each([
  { timeScale: 1, endsAfterMs: 300_000 },
  { timeScale: 60, endsAfterMs: 5000 },
])("at a time scale of $timeScale ends by itself after $endsAfterMs ms", ({ timeScale, endsAfterMs }) => {
  const { fault, told } = aFault(allOpen, timeScale);
  vi.advanceTimersByTime(endsAfterMs);
  fault.startClock();
  vi.advanceTimersByTime(endsAfterMs - 1);
  expect([fault.isOn(), told]).toEqual([true, []]);
  vi.advanceTimersByTime(1);
  expect([fault.isOn(), told]).toEqual([false, ["heal"]]);
});

it("stays until someone acts where the scenario says so", () => {
  const { fault } = aFault(oneOpen);
  fault.startClock();
  expect(vi.getTimerCount()).toBe(0);
  expect(fault.isOn()).toBe(true);
});

it("ends once, whoever ends it, and tells it once", () => {
  const { fault } = aFault();
  const listener = vi.fn();
  fault.onEnd(listener);
  fault.startClock();
  fault.end();
  fault.end();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(vi.getTimerCount()).toBe(0);
});

it("leaves no timer when stopped", () => {
  const { fault } = aFault();
  fault.startClock();
  expect(vi.getTimerCount()).toBe(1);
  fault.stop();
  expect(vi.getTimerCount()).toBe(0);
});

it.each([
  { target: "ledger", set: ["ledger drop"] },
  { target: "*", set: ["ledger drop", "rates drop"] },
  { target: "ghost", set: [] },
])("sets $target", ({ target, set }) => {
  const { fault, told } = aFault();
  expect(fault.set(target, { kind: "drop" })).toBe(set.length);
  expect(told).toEqual(set);
});
