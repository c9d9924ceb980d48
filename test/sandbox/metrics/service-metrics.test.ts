import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { routerExtensionsMetrics } from "../../../src/sandbox/metrics/router-extensions.ts";
import { serviceMetrics } from "../../../src/sandbox/metrics/service-metrics.ts";
import { samples } from "./samples.ts";

const breaker = { group: null, key: "payment-api" };

it("service-metrics counts transitions by their target, successes and failures", async () => {
  const metrics = serviceMetrics(true)(new Registry());
  metrics.register(breaker);
  metrics.transition(breaker, "closed", "open");
  for (const outcome of ["ok", "error", "rejected"] as const) metrics.call(breaker, outcome, 0.02);
  expect(await samples(metrics.registry)).toEqual([
    'circuit_breaker_state{service="payment-api",state="open"} 1',
    'circuit_breaker_failures_total{service="payment-api"} 1',
    'circuit_breaker_successes_total{service="payment-api"} 1',
    'circuit_breaker_transitions_total{service="payment-api",to="open"} 1',
  ]);
});

it("router-extensions counts how often one opened", async () => {
  const metrics = routerExtensionsMetrics(true)(new Registry());
  metrics.register(breaker);
  metrics.transition(breaker, "closed", "open");
  metrics.transition(breaker, "open", "half_open");
  metrics.transition(breaker, "half_open", "open");
  expect(await samples(metrics.registry)).toEqual([
    'router_extension_circuit_breaker_opened_total{extension_id="payment-api"} 2',
  ]);
});
