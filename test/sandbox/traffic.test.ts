import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { CallOutcome } from "../../src/sandbox/breaker-library.ts";
import type { Member } from "../../src/sandbox/instance.ts";
import { startTraffic, type Traffic } from "../../src/sandbox/traffic.ts";
import { named } from "./breaker-fixture.ts";

let traffic: Traffic;
beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => {
  traffic.stop();
  vi.useRealTimers();
});

function member(key: string, fire: () => Promise<CallOutcome>): Member & { fire: ReturnType<typeof vi.fn> } {
  return { ...named({ group: null, key }), touched: key === "quiet", caller: "tests", fire: vi.fn(fire) };
}

it("calls every breaker at each turn, and none before the first", async () => {
  const members = [member("a", async () => "ok"), member("b", async () => "rejected")];
  traffic = startTraffic(members, 500, () => false);
  expect(members.map(({ fire }) => fire.mock.calls.length)).toEqual([0, 0]);
  await vi.advanceTimersByTimeAsync(1500);
  expect(members.map(({ fire }) => fire.mock.calls.length)).toEqual([3, 3]);
});

it("waits for a slow breaker's call, and leaves a quiet one alone", async () => {
  let answer: (outcome: CallOutcome) => void = () => undefined;
  const slow = member("slow", () => new Promise((resolve) => (answer = resolve)));
  const quiet = member("quiet", async () => "ok");
  traffic = startTraffic([slow, quiet], 500, ({ touched }) => touched);
  await vi.advanceTimersByTimeAsync(2000);
  expect([slow.fire.mock.calls.length, quiet.fire.mock.calls.length]).toEqual([1, 0]);
  answer("ok");
  await vi.advanceTimersByTimeAsync(500);
  expect(slow.fire.mock.calls.length).toBe(2);
});

it("leaves no timer when stopped", () => {
  traffic = startTraffic([], 500, () => false);
  traffic.stop();
  expect(vi.getTimerCount()).toBe(0);
});
