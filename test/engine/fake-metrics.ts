import type { Labels, MetricSample, MetricSeries } from "../../src/domain/metric-series.ts";
import type { Answered, MetricsDriver, QueryValue } from "../../src/drivers/metrics/driver.ts";
import type { MetricsSource } from "../../src/engine/context-port.ts";

/** A series under the text of the selector that picks it: its labels, and its values a minute apart, the last of now. */
export type FakeSeries = readonly [labels: Labels, ...values: number[]];

const MINUTE = 60_000;

/** A metrics server that knows the answers to some selectors, and remembers what it was asked. */
export function fakeMetrics(series: Readonly<Record<string, readonly FakeSeries[]>>, match: Labels = {}) {
  const metrics = {
    asked: [] as string[],
    moments: new Set<number>(),
    /** What the server says of an answer; by the query. */
    saying: (_query: string): Partial<Answered<QueryValue>> => ({}),
    source: undefined as unknown as MetricsSource,
  };
  const elsewhere = () => Promise.reject(new Error("not asked here"));
  const driver: MetricsDriver = {
    async query(query, at) {
      metrics.asked.push(query);
      metrics.moments.add(at);
      const [, selector = query, range] = /^(.*)\[(\w+)\]$/.exec(query) ?? [];
      const known = series[selector] ?? [];
      const data: QueryValue =
        range === undefined
          ? { type: "vector", samples: known.map((one) => sampleOf(one, at)) }
          : { type: "matrix", series: known.map((one) => seriesOf(one, at)) };
      return { data, warnings: [], infos: [], complete: true, ...metrics.saying(query) };
    },
    queryRange: elsewhere,
    series: elsewhere,
    targets: elsewhere,
    rules: elsewhere,
    alerts: elsewhere,
  };
  metrics.source = { driver, url: "http://prom.test:9090/prefix", match };
  return metrics;
}

function sampleOf([labels, ...values]: FakeSeries, at: number): MetricSample {
  return { labels, at, value: values.at(-1) ?? Number.NaN };
}

function seriesOf([labels, ...values]: FakeSeries, at: number): MetricSeries {
  const points = values.map((value, index) => ({ at: at - (values.length - 1 - index) * MINUTE, value }));
  return { labels, points };
}
