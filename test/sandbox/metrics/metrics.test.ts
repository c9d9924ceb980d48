import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { acmeMetrics } from "../../../src/sandbox/metrics/acme.ts";
import { gatewayMetrics } from "../../../src/sandbox/metrics/gateway.ts";
import { keyBreakersMetrics } from "../../../src/sandbox/metrics/key-breakers.ts";
import { showProcessStart } from "../../../src/sandbox/metrics/system-metrics.ts";
import { samples } from "./samples.ts";

async function types(registry: Registry): Promise<string[]> {
  return (await registry.metrics()).split("\n").filter((line) => line.startsWith("# TYPE"));
}

describe("key-breakers", () => {
  const key = { group: "deepseek", key: "deepseek-2" };
  const labels = 'key_id="deepseek-2",provider="deepseek"';

  it.each([
    { state: "closed", number: 0 },
    { state: "half_open", number: 1 },
    { state: "open", number: 2 },
  ] as const)("encodes $state as $number", async ({ state, number }) => {
    const metrics = keyBreakersMetrics(new Registry());
    metrics.observe(key, { state, failures: 4, successes: 1 }, 15);
    expect(await samples(metrics.registry)).toEqual([
      `circuit_breaker_state{${labels}} ${number}`,
      `circuit_breaker_failure_count{${labels}} 4`,
      `circuit_breaker_success_count{${labels}} 1`,
      `circuit_breaker_state_duration_seconds{${labels},state="${state}"} 15`,
    ]);
  });

  it("counts trips and transitions, and the time in each state", async () => {
    const metrics = keyBreakersMetrics(new Registry());
    metrics.register(key);
    metrics.transition(key, "closed", "open");
    metrics.transition(key, "open", "half_open");
    metrics.transition(key, "half_open", "open");
    metrics.observe(key, { state: "open", failures: 5, successes: 0 }, 10);
    metrics.observe(key, { state: "open", failures: 5, successes: 0 }, 5);
    expect(await samples(metrics.registry)).toEqual(
      expect.arrayContaining([
        `circuit_breaker_trips_total{${labels}} 2`,
        `circuit_breaker_transitions_total{${labels}} 3`,
        `circuit_breaker_state_duration_seconds{${labels},state="closed"} 0`,
        `circuit_breaker_state_duration_seconds{${labels},state="open"} 15`,
      ]),
    );
  });
});

describe("gateway", () => {
  const service = { group: null, key: "search-service" };

  it("counts requests by their fate, and times those that were sent", async () => {
    const metrics = gatewayMetrics(false)(new Registry());
    metrics.call(service, "ok", 0.02);
    metrics.call(service, "error", 1.5);
    metrics.call(service, "rejected", 0);
    metrics.retry(service);
    const shown = await samples(metrics.registry);
    for (const status of ["success", "error", "circuit_open"]) {
      expect(shown).toContain(
        `gateway_proxy_requests_total{service="search-service",method="GET",status="${status}"} 1`,
      );
    }
    expect(shown).toContain(
      'gateway_proxy_request_duration_seconds_bucket{le="1",service="search-service",method="GET"} 1',
    );
    expect(shown).toContain(
      'gateway_proxy_request_duration_seconds_count{service="search-service",method="GET"} 2',
    );
    expect(shown).toContain('gateway_proxy_retries_total{service="search-service"} 1');
  });

  it.each([
    { countsStateChanges: false, shown: 0 },
    { countsStateChanges: true, shown: 1 },
  ])("declares state changes; has $shown series of them", async ({ countsStateChanges, shown }) => {
    const metrics = gatewayMetrics(countsStateChanges)(new Registry());
    metrics.register(service);
    metrics.transition(service, "closed", "open");
    metrics.observe(service, { state: "open", failures: 5, successes: 0 }, 15);
    expect(await types(metrics.registry)).toContain(
      "# TYPE gateway_circuit_breaker_state_changes_total counter",
    );
    expect(await samples(metrics.registry)).toEqual(
      ['gateway_circuit_breaker_state_changes_total{service="search-service",state="open"} 1'].slice(
        0,
        shown,
      ),
    );
  });
});

describe("acme", () => {
  const breaker = { group: "payments", key: "ledger" };
  const labels = 'service="payments",id="ledger"';

  it.each([
    { state: "closed", hot: [1, 0, 0] },
    { state: "open", hot: [0, 1, 0] },
    { state: "half_open", hot: [0, 0, 1] },
  ] as const)("is one-hot when $state, without a stale one", async ({ state, hot }) => {
    const metrics = acmeMetrics(new Registry());
    for (const earlier of ["half_open", "closed", "open", state] as const) {
      metrics.observe(breaker, { state: earlier, failures: 0, successes: 0 }, 15);
    }
    expect(await samples(metrics.registry)).toEqual(
      ["CLOSED", "OPEN", "PROBING"].map(
        (status, index) => `acme_breaker_status{${labels},status="${status}"} ${hot[index]}`,
      ),
    );
  });

  it("counts changes with both ends, and calls by outcome", async () => {
    const metrics = acmeMetrics(new Registry());
    metrics.register(breaker);
    metrics.transition(breaker, "open", "half_open");
    metrics.call(breaker, "error", 0.1);
    expect(await samples(metrics.registry)).toEqual([
      `acme_breaker_changes_total{${labels},from="OPEN",to="PROBING"} 1`,
      `acme_breaker_calls_total{${labels},outcome="ok"} 0`,
      `acme_breaker_calls_total{${labels},outcome="error"} 1`,
      `acme_breaker_calls_total{${labels},outcome="rejected"} 0`,
    ]);
  });
});

it("shows when the process started, in seconds", async () => {
  const registry = new Registry();
  showProcessStart(registry)(1_795_240_061_457);
  expect(await samples(registry)).toEqual(["process_start_time_seconds 1795240061.457"]);
});
