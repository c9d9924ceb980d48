import { expect, it } from "vitest";
import { createRateLimit } from "../../src/sandbox/rate-limit.ts";

it.each([
  { timeScale: 1, passedMs: 1500, retryAfter: "59" },
  { timeScale: 60, passedMs: 500, retryAfter: "30" },
])("tells simulated seconds, at a scale of $timeScale", ({ timeScale, passedMs, retryAfter }) => {
  let now = 1_000_000;
  const limit = createRateLimit({ limit: 2, windowMs: 60_000, timeScale, now: () => now });
  expect([limit.take(), limit.take()].map(({ refusal }) => refusal)).toEqual([null, null]);
  now += passedMs;
  expect(limit.take().refusal).toMatchObject({ status: 429, headers: { "Retry-After": retryAfter } });
  now += 60_000 / timeScale - passedMs - 1;
  expect(limit.take().refusal?.status).toBe(429);
  now += 1;
  expect(limit.take()).toMatchObject({ refusal: null, headers: { "RateLimit-Remaining": "1" } });
});
