import { matchersOf, metricStateWords, stateQueries } from "../../src/dialect/promql.ts";
import type { Labels } from "../../src/domain/metric-series.ts";
import { type MetricReading, statesFromMetrics } from "../../src/domain/metric-state.ts";
import type { StateEvidence } from "../../src/domain/state-deciders/decision.ts";
import type { Field, Metrics, StateFromMetrics } from "../../src/domain/system.ts";
import type { MetricsDriver } from "../../src/drivers/metrics/driver.ts";
import type { TimeSeries } from "../../src/sandbox/remote-write.ts";

/** A minute between two readings; the last is of the moment that is asked about. */
export const STEP_MS = 60_000;
const PAST_MS = 3_600_000;

/** Written as `name{label="value"} 0 1 _ 2`: values a minute apart, `_` for a reading without this series. */
export type WrittenSeries = string;

/** The series of one case, under a label of its own. */
export function seriesOfCase(written: readonly WrittenSeries[], name: string, at: number): TimeSeries[] {
  return written.map((line) => {
    const [, metric = "", labels = "", values = ""] = /^(\w+)\{(.*)\} (.*)$/.exec(line) ?? [];
    const readings = values.split(" ");
    const samples = readings.flatMap((value, index) =>
      value === "_" ? [] : [{ value: Number(value), at: at - (readings.length - 1 - index) * STEP_MS }],
    );
    return {
      labels: { service: "pay", instance: "a:1", ...labelsIn(labels), __name__: metric, case: name },
      samples,
    };
  });
}

function labelsIn(written: string): Labels {
  return Object.fromEntries(
    [...written.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
}

/** Asks a server what cbctl would ask, and judges what it answers. */
export async function readStates(
  driver: MetricsDriver,
  ways: readonly StateFromMetrics[],
  match: Labels,
  at: number,
  state: Field = {},
): Promise<MetricReading[]> {
  const metrics: Metrics = { labels: { key: "service", group: "team" }, state: ways, series: {} };
  const evidence = await Promise.all(
    stateQueries(metrics, match, PAST_MS).map(async ({ now, past }): Promise<StateEvidence> => {
      const current = (await driver.query(now, at)).data;
      const before = past === null ? null : (await driver.query(past, at)).data;
      if (current.type !== "vector") throw new Error(`${matchersOf(match)}: no vector`);
      return { now: current.samples, past: before?.type === "matrix" ? before.series : [] };
    }),
  );
  const readWord = metricStateWords(state);
  return statesFromMetrics({ metrics, readWord, at }, evidence);
}
