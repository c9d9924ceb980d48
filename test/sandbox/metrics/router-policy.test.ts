import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import {
  type RouterPolicyMetricsOptions,
  routerPolicyMetrics,
} from "../../../src/sandbox/metrics/router-policy.ts";
import { samples } from "./samples.ts";

const breaker = { group: "acme-corp", key: "mistral" };
const labels = 'tenant_id="acme-corp",provider_id="mistral"';

async function after(
  options: RouterPolicyMetricsOptions,
  happen: (metrics: ReturnType<ReturnType<typeof routerPolicyMetrics>>) => void,
) {
  const metrics = routerPolicyMetrics(options)(new Registry());
  happen(metrics);
  return samples(metrics.registry);
}

describe.each([
  { real: true, opened: 'from="closed",to="open"', tried: 'from="open",to="half_open"', halfOpen: 2 },
  { real: false, opened: 'state="open"', tried: 'state="half_open"', halfOpen: 0.5 },
])("with the labels of real: $real", ({ real, opened, tried, halfOpen }) => {
  it("counts transitions, and shows the state at once", async () => {
    const shown = await after({ real, stale: false }, (metrics) => {
      metrics.transition(breaker, "closed", "open");
      metrics.transition(breaker, "open", "half_open");
    });
    expect(shown).toEqual([
      `router_circuit_breaker_state{${labels},state="half_open"} ${halfOpen}`,
      `router_circuit_breaker_state_transitions_total{${labels},${opened}} 1`,
      `router_circuit_breaker_state_transitions_total{${labels},${tried}} 1`,
      `router_circuit_breaker_trigger_reason{${labels},reason="failure_threshold_exceeded"} 1`,
      `router_circuit_breaker_trigger_reason{${labels},reason="timeout_elapsed"} 1`,
      `router_circuit_breaker_timeout_transitions_total{${labels},transition_type="open_to_half_open"} 1`,
    ]);
  });
});

it("counts events and the window", async () => {
  const shown = await after({ real: true, stale: true }, (metrics) => {
    metrics.register(breaker);
    for (const outcome of ["ok", "error", "error", "rejected"] as const) metrics.call(breaker, outcome, 0.02);
  });
  expect(shown).toEqual([
    `router_circuit_breaker_events_total{${labels},event_type="success"} 1`,
    `router_circuit_breaker_events_total{${labels},event_type="failure"} 2`,
    `router_circuit_breaker_events_total{${labels},event_type="fail_fast"} 1`,
    `router_circuit_breaker_window_requests_total{${labels}} 3`,
    `router_circuit_breaker_window_failures_total{${labels}} 2`,
  ]);
});

it.each([
  { stale: true, remaining: [`router_circuit_breaker_timeout_remaining_ms{${labels}} 12000`] },
  { stale: false, remaining: [] },
])("writes the remaining time while open only; it stays: $stale", async ({ stale, remaining }) => {
  const shown = await after({ real: true, stale }, (metrics) => {
    const common = { failures: 0, successes: 0, errorRate: 0.25 };
    metrics.observe(breaker, { state: "open", remainingMs: 12_000, ...common }, 15);
    metrics.observe(breaker, { state: "closed", remainingMs: 0, ...common }, 15);
  });
  expect(shown.filter((line) => line.includes("remaining"))).toEqual(remaining);
  expect(shown).toContain(`router_circuit_breaker_error_rate{${labels}} 0.25`);
});
