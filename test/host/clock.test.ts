import { afterEach, expect, test, vi } from "vitest";
import { CbctlError } from "../../src/domain/errors.ts";
import { createClock } from "../../src/host/clock.ts";
import { expectFailure } from "./http-request.ts";

const clock = createClock();
const calm = new AbortController().signal;

afterEach(() => {
  vi.useRealTimers();
});

test("now is in milliseconds", () => {
  vi.useFakeTimers({ now: 1_700_000_000_123 });
  expect(clock.now()).toBe(1_700_000_000_123);
});

test.each([[0], [-5], [1]])("sleeping %i ms ends", async (ms) => {
  await expect(clock.sleep(ms, calm)).resolves.toBeUndefined();
});

test("a sleep longer than a timer can hold lasts its whole time", async () => {
  vi.useFakeTimers({ now: 0 });
  const thirtyDays = 30 * 86_400_000;
  let awake = false;
  const sleeping = clock.sleep(thirtyDays, calm).then(() => {
    awake = true;
  });
  await vi.advanceTimersByTimeAsync(thirtyDays - 1);
  expect(awake).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await sleeping;
});

test("a signal wakes with its own reason and leaves no timer", async () => {
  vi.useFakeTimers();
  const controller = new AbortController();
  const failed = expectFailure(clock.sleep(60_000, controller.signal), "terminated", /told to end/);
  controller.abort(new CbctlError("terminated", "told to end"));
  await failed;
  expect(vi.getTimerCount()).toBe(0);
});

test.each([[0], [60_000]])("a signal that was aborted before lets nobody sleep %i ms", async (ms) => {
  await expectFailure(clock.sleep(ms, AbortSignal.abort()), "interrupted", /interrupted/);
});
