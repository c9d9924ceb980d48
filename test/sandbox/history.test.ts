import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { replayPast } from "../../src/sandbox/history.ts";
import type { Instance, Member } from "../../src/sandbox/instance.ts";
import { keyBreakersMetrics } from "../../src/sandbox/metrics/key-breakers.ts";
import { routerPolicyMetrics } from "../../src/sandbox/metrics/router-policy.ts";
import type { TimeSeries } from "../../src/sandbox/remote-write.ts";
import type { Scenario } from "../../src/sandbox/scenario.ts";
import { metricsMissing } from "../../src/sandbox/scenarios/metrics-missing.ts";
import { neverOpens } from "../../src/sandbox/scenarios/never-opens.ts";
import { oneOpen } from "../../src/sandbox/scenarios/one-open.ts";
import { keyBreakersSystem } from "../../src/sandbox/systems/key-breakers.ts";
import { named } from "./breaker-fixture.ts";

const minute = 60_000;
const now = 1_795_240_065_000;
const labels = { job: "key-breakers", instance: "127.0.0.1:1", system: "key-breakers" };

const ended = new Map<string, string>();

function anInstance(startedAgoMs = 7 * 24 * 60 * minute): Instance {
  const member = (key: string, touched: boolean): Member => ({
    ...named({ group: "deepseek", key }),
    touched,
    caller: "key-breakers-1/deepseek",
    fire: async () => "ok",
  });
  return {
    url: "http://127.0.0.1:1",
    system: keyBreakersSystem(),
    members: [member("deepseek-1", false), member("deepseek-2", true)],
    metrics: keyBreakersMetrics(new Registry()),
    startedAt: now - startedAgoMs,
    endPast: (member, state) => ended.set(member.name.key, state),
    countTransitions: () => undefined,
    stop: async () => undefined,
  };
}

async function replay(scenario: Scenario, instance = anInstance(), pastMs = 10 * minute) {
  const series = await replayPast(scenario, instance, labels, pastMs, now);
  const find = (name: string, key?: string): TimeSeries => {
    const found = series.find(
      (one) => one.labels.__name__ === name && (key === undefined || one.labels.key_id === key),
    );
    return found ?? { labels: {}, samples: [] };
  };
  /** The value `minutesAgo`, or undefined where there is none. */
  const at = (name: string, key: string | undefined, minutesAgo: number) => {
    const value = find(name, key).samples.find((sample) => sample.at === now - minutesAgo * minute)?.value;
    return value === "gone" ? undefined : value;
  };
  return { series, find, at };
}

describe("a replayed past", () => {
  it("has a sample every 15 s, from its beginning until now, with the labels of the scrape", async () => {
    const { find } = await replay(oneOpen);
    const { labels: shown, samples } = find("circuit_breaker_state", "deepseek-2");
    expect(shown).toEqual({
      __name__: "circuit_breaker_state",
      key_id: "deepseek-2",
      provider: "deepseek",
      ...labels,
    });
    expect(samples.map(({ at }) => (now - at) / 1000)).toEqual(
      Array.from({ length: 41 }, (_, index) => (40 - index) * 15),
    );
  });

  it.each([
    { minutesAgo: 10, state: 0, trips: 0, failures: 0 },
    { minutesAgo: 5, state: 0, trips: 0, failures: 0 },
    { minutesAgo: 4, state: 2, trips: 1, failures: 5 },
    { minutesAgo: 0, state: 2, trips: 1, failures: 5 },
  ])(
    "of one-open is in state $state $minutesAgo minutes ago",
    async ({ minutesAgo, state, trips, failures }) => {
      const { at } = await replay(oneOpen);
      expect(at("circuit_breaker_state", "deepseek-2", minutesAgo)).toBe(state);
      expect(at("circuit_breaker_trips_total", "deepseek-2", minutesAgo)).toBe(trips);
      expect(at("circuit_breaker_failure_count", "deepseek-2", minutesAgo)).toBe(failures);
      expect(at("circuit_breaker_state", "deepseek-1", minutesAgo)).toBe(0);
    },
  );

  it("tells the instance where each breaker ends", async () => {
    ended.clear();
    await replay(oneOpen);
    expect([...ended]).toEqual([
      ["deepseek-1", "closed"],
      ["deepseek-2", "open"],
    ]);
  });

  it("of router-policy tells the time that is left, from the moment it opened", async () => {
    const metrics = routerPolicyMetrics({ real: true, stale: false })(new Registry());
    const { at } = await replay(oneOpen, { ...anInstance(), metrics });
    const left = (minutesAgo: number) =>
      at("router_circuit_breaker_timeout_remaining_ms", undefined, minutesAgo);
    // Opened four minutes ago, for one minute.
    expect([left(5), left(4), left(3)]).toEqual([undefined, 60_000, 0]);
    expect(at("router_circuit_breaker_error_rate", undefined, 0)).toBe(0);
  });

  it("leaves the live counters where it ends", async () => {
    const instance = anInstance();
    await replay(oneOpen, instance);
    const page = await instance.metrics.registry.metrics();
    expect(page).toContain('circuit_breaker_trips_total{key_id="deepseek-2",provider="deepseek"} 1');
    expect(page).toContain(
      'circuit_breaker_state_duration_seconds{key_id="deepseek-2",provider="deepseek",state="open"} 255',
    );
  });

  it("of a few minutes begins in the middle of the fault", async () => {
    const { at, find } = await replay(oneOpen, anInstance(), 2 * minute);
    expect(at("circuit_breaker_state", "deepseek-2", 2)).toBe(2);
    expect(find("circuit_breaker_state", "deepseek-2").samples).toHaveLength(9);
  });

  it("of a failing breaker that never opens counts on and on", async () => {
    const { at } = await replay(neverOpens);
    expect(at("circuit_breaker_failure_count", "deepseek-2", 0)).toBe(601);
    expect(at("circuit_breaker_state", "deepseek-2", 0)).toBe(0);
  });

  it("of missing metrics keeps only what the process shows", async () => {
    const { at, find, series } = await replay(metricsMissing, anInstance(), 20 * minute);
    expect(at("circuit_breaker_state", "deepseek-1", 11)).toBe(0);
    expect(at("circuit_breaker_state", "deepseek-1", 9)).toBeUndefined();
    const { samples } = find("circuit_breaker_state", "deepseek-1");
    expect(samples.at(-1)).toEqual({ value: "gone", at: now - 10 * minute });
    const until = series.filter((one) => one.samples.at(-1)?.at === now).map((one) => one.labels.__name__);
    expect(until).toEqual(["up", "process_start_time_seconds"]);
  });

  it("begins its counters anew where the instance was restarted", async () => {
    const { at } = await replay(neverOpens, anInstance(6 * minute));
    const startOf = (minutesAgo: number) => at("process_start_time_seconds", undefined, minutesAgo);
    expect(startOf(7)).toBeLessThan(startOf(5) ?? 0);
    expect(startOf(5)).toBe((now - 6 * minute) / 1000);
    const closedFor = (minutesAgo: number) =>
      at("circuit_breaker_state_duration_seconds", "deepseek-1", minutesAgo) ?? 0;
    expect(closedFor(7)).toBeGreaterThan(closedFor(5));
  });
});
