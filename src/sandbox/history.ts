import { setImmediate as nextTurn } from "node:timers/promises";
import type { LibraryState } from "./breaker-library.ts";
import type { Instance, Member } from "./instance.ts";
import type { Gone, TimeSeries } from "./remote-write.ts";
import type { PastMoment, Scenario } from "./scenario.ts";
import { fine } from "./scenarios/past.ts";

const stepMs = 1000;
const sampleMs = 15_000;
const weekMs = 7 * 24 * 60 * 60 * 1000;

interface Replayed {
  state: LibraryState;
  failures: number;
  openedAgoMs: number;
}

/**
 * Plays an instance's last `pastMs` into its own metrics, second by second, and returns what a scrape every 15 s would
 * have seen, with the labels of real scrapes. The live counters go on from where the past ends.
 */
export async function replayPast(
  scenario: Scenario,
  instance: Instance,
  labels: Readonly<Record<string, string>>,
  pastMs: number,
  now: number,
): Promise<TimeSeries[]> {
  const series = createSeriesCollector(labels);
  const replayed = new Map(
    instance.members.map((member) => [member, { state: "closed", failures: 0, openedAgoMs: 0 } as Replayed]),
  );
  let restarted = false;
  for (let agoMs = Math.floor(pastMs / sampleMs) * sampleMs; agoMs >= 0; agoMs -= stepMs) {
    const at = now - agoMs;
    if (!restarted && at >= instance.startedAt) {
      restarted = true;
      instance.metrics.registry.resetMetrics();
      for (const { name } of instance.members) instance.metrics.register(name);
    }
    for (const [member, state] of replayed)
      replayStep(instance, member, state, momentOf(scenario, member, agoMs), agoMs);
    if (agoMs % sampleMs !== 0) continue;
    for (const [member, state] of replayed) observe(instance, member, state, agoMs, scenario);
    series.add("up", {}, 1, at);
    series.add("process_start_time_seconds", {}, (instance.startedAt - (restarted ? 0 : weekMs)) / 1000, at);
    if (!scenario.metricsMissing || agoMs > scenario.beganAgoMs) await sample(instance, series, at);
    series.endMissing(at);
    // The admin APIs answer while this goes on.
    await nextTurn();
  }
  for (const [member, { state }] of replayed) instance.endPast(member, state);
  return series.all();
}

function momentOf(scenario: Scenario, { touched }: Member, agoMs: number): PastMoment {
  return touched && agoMs <= scenario.beganAgoMs ? scenario.past(agoMs) : fine;
}

function replayStep(
  { metrics }: Instance,
  member: Member,
  replayed: Replayed,
  moment: PastMoment,
  agoMs: number,
): void {
  if (moment.state === "open" && replayed.state !== "open") replayed.openedAgoMs = agoMs;
  if (moment.state !== replayed.state) metrics.transition(member.name, replayed.state, moment.state);
  if (moment.state === "open" && replayed.state === "closed") {
    replayed.failures = member.breaker.limits().failureThreshold;
  }
  replayed.state = moment.state;
  if (moment.outcome === "error" && moment.state === "closed") replayed.failures++;
  if (moment.outcome === "ok") replayed.failures = 0;
  if (moment.outcome !== null) metrics.call(member.name, moment.outcome, moment.callSeconds);
}

function observe(
  instance: Instance,
  member: Member,
  replayed: Replayed,
  agoMs: number,
  scenario: Scenario,
): void {
  const { state, failures } = replayed;
  const successes = state === "half_open" && momentOf(scenario, member, agoMs).outcome !== "error" ? 1 : 0;
  const stillMs = member.breaker.limits().openMs - (replayed.openedAgoMs - agoMs);
  const remainingMs = state === "open" ? Math.max(0, stillMs) : 0;
  const errorRate = state === "closed" ? failures / 100 : 1;
  const reading = { state, failures, successes, remainingMs, errorRate: Math.min(1, errorRate) };
  instance.metrics.observe(member.name, reading, sampleMs / 1000);
}

async function sample({ metrics }: Instance, series: SeriesCollector, at: number): Promise<void> {
  for (const { name, values } of await metrics.registry.getMetricsAsJSON()) {
    for (const value of values) {
      const of = "metricName" in value && typeof value.metricName === "string" ? value.metricName : name;
      series.add(of, value.labels, value.value, at);
    }
  }
}

interface SeriesCollector {
  add(
    name: string,
    labels: Readonly<Record<string, string | number | undefined>>,
    value: number,
    at: number,
  ): void;
  /** Ends the series that had no sample at this moment, and had one before. */
  endMissing(at: number): void;
  all(): TimeSeries[];
}

function createSeriesCollector(shared: Readonly<Record<string, string>>): SeriesCollector {
  const found = new Map<
    string,
    { labels: Record<string, string>; samples: { value: number | Gone; at: number }[] }
  >();
  return {
    add(name, own, value, at) {
      const key = name + JSON.stringify(own);
      const known = found.get(key) ?? { labels: { __name__: name, ...texts(own), ...shared }, samples: [] };
      known.samples.push({ value, at });
      found.set(key, known);
    },
    endMissing(at) {
      for (const { samples } of found.values()) {
        const last = samples.at(-1);
        if (last !== undefined && last.at !== at && last.value !== "gone")
          samples.push({ value: "gone", at });
      }
    },
    all: () => [...found.values()],
  };
}

function texts(labels: Readonly<Record<string, string | number | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}
