import { Registry } from "prom-client";
import { expect, it } from "vitest";
import { agentBreakersMetrics } from "../../../src/sandbox/metrics/agent-breakers.ts";
import { samples } from "./samples.ts";

const breaker = { group: null, key: "deepseek_api" };

it.each([
  { real: false, state: "closed", line: 'circuit_breaker_state{service="deepseek_api"} 0' },
  { real: false, state: "half_open", line: 'circuit_breaker_state{service="deepseek_api"} 1' },
  { real: false, state: "open", line: 'circuit_breaker_state{service="deepseek_api"} 2' },
  { real: true, state: "closed", line: 'circuit_breaker_state{circuit_name="deepseek_api"} 0' },
  { real: true, state: "open", line: 'circuit_breaker_state{circuit_name="deepseek_api"} 1' },
  { real: true, state: "half_open", line: 'circuit_breaker_state{circuit_name="deepseek_api"} 2' },
] as const)("the same number means opposite things: $line is $state", async ({ real, state, line }) => {
  const metrics = agentBreakersMetrics(real)(new Registry());
  metrics.observe(breaker, { state, failures: 0, successes: 0 }, 15);
  expect(await samples(metrics.registry)).toContain(line);
});

it.each([
  {
    real: false,
    lines: [
      'circuit_breaker_failures_total{service="deepseek_api"} 1',
      'circuit_breaker_successes_total{service="deepseek_api"} 1',
      'circuit_breaker_opened_total{service="deepseek_api"} 1',
    ],
  },
  {
    real: true,
    lines: [
      'circuit_breaker_failures_total{circuit_name="deepseek_api",error_type="ConnectionError"} 1',
      'circuit_breaker_success_total{circuit_name="deepseek_api"} 1',
    ],
  },
])("counts under the names it has (real: $real)", async ({ real, lines }) => {
  const metrics = agentBreakersMetrics(real)(new Registry());
  metrics.register(breaker);
  for (const outcome of ["ok", "error", "rejected"] as const) metrics.call(breaker, outcome, 0.02);
  metrics.transition(breaker, "closed", "open");
  metrics.transition(breaker, "open", "half_open");
  const shown = await samples(metrics.registry);
  expect(shown.filter((line) => /^circuit_breaker_\w+_total/.test(line))).toEqual(lines);
  const timed = shown.find((line) => line.startsWith("circuit_breaker_latency_seconds_count"));
  expect(timed).toBe(
    real ? 'circuit_breaker_latency_seconds_count{circuit_name="deepseek_api"} 2' : undefined,
  );
  expect(metrics.lastLine?.startsWith("# MCP Orchestrator metrics unavailable")).toBe(real || undefined);
});
