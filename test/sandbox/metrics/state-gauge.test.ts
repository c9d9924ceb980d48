import { Gauge, Registry } from "prom-client";
import { expect, it } from "vitest";
import { stateGauge } from "../../../src/sandbox/metrics/state-gauge.ts";
import { samples } from "./samples.ts";

function aGauge(stale: boolean) {
  const registry = new Registry();
  const gauge = new Gauge({ name: "g", help: "g", labelNames: ["key", "state"], registers: [registry] });
  return { registry, state: stateGauge(gauge, stale) };
}

it("keeps breakers apart", async () => {
  const { registry, state } = aGauge(false);
  state.set({ key: "a" }, "open", 1);
  state.set({ key: "b" }, "open", 1);
  state.set({ key: "a" }, "closed", 0);
  expect(await samples(registry)).toEqual(['g{key="b",state="open"} 1', 'g{key="a",state="closed"} 0']);
});

it("writes the present state again, and begins anew with an emptied registry", async () => {
  const { registry, state } = aGauge(false);
  state.set({ key: "a" }, "open", 1);
  state.set({ key: "a" }, "open", 1);
  expect(await samples(registry)).toEqual(['g{key="a",state="open"} 1']);
  registry.resetMetrics();
  state.set({ key: "a" }, "closed", 0);
  expect(await samples(registry)).toEqual(['g{key="a",state="closed"} 0']);
});

it("stale, leaves what was", async () => {
  const { registry, state } = aGauge(true);
  for (const word of ["closed", "open", "closed"]) state.set({ key: "a" }, word, 1);
  expect(await samples(registry)).toEqual(['g{key="a",state="closed"} 1', 'g{key="a",state="open"} 1']);
});
