import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { updogMetrics } from "../../../src/sandbox/metrics/updog.ts";
import { samples } from "./samples.ts";

const breaker = { group: "CACHE", key: "cache" };

it.each([
  { state: "closed", word: "CLOSED", number: 0 },
  { state: "half_open", word: "HALF_OPEN", number: 1 },
  { state: "open", word: "OPEN", number: 2 },
] as const)("encodes $state as $number under $word", async ({ state, word, number }) => {
  const metrics = updogMetrics({ stale: true, feeds: false })(new Registry());
  metrics.observe(breaker, { state, failures: 0, successes: 0 }, 15);
  expect(await samples(metrics.registry)).toEqual([
    `updog_circuit_breaker_state{breaker_name="cache",state="${word}"} ${number}`,
  ]);
});

it("is refreshed by a scrape only: what came and went between two is not seen", async () => {
  const metrics = updogMetrics({ stale: true, feeds: false })(new Registry());
  metrics.transition(breaker, "closed", "open");
  metrics.transition(breaker, "open", "half_open");
  expect(await samples(metrics.registry)).toEqual([]);
});

it.each([
  { feeds: false, requests: [] },
  {
    feeds: true,
    requests: [
      'updog_circuit_breaker_requests_total{breaker_name="cache",result="total"} 3',
      'updog_circuit_breaker_failures_total{breaker_name="cache",error_type="total"} 1',
    ],
  },
])("declares its counters; feeds them: $feeds", async ({ feeds, requests }) => {
  const metrics = updogMetrics({ stale: true, feeds })(new Registry());
  metrics.register(breaker);
  for (const outcome of ["ok", "error", "rejected"] as const) metrics.call(breaker, outcome, 0.02);
  expect(await metrics.registry.metrics()).toContain("# TYPE updog_circuit_breaker_requests_total counter");
  expect((await samples(metrics.registry)).filter((line) => /(requests|failures)_total/.test(line))).toEqual(
    requests,
  );
  const count =
    'updog_circuit_breaker_request_duration_seconds_count{breaker_name="cache",result="failure"} 1';
  expect((await samples(metrics.registry)).includes(count)).toBe(feeds);
});
