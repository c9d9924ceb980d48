import { CbctlError } from "../domain/errors.ts";
import type { MetricSample, MetricSeries } from "../domain/metric-series.ts";
import type { Answered, QueryValue } from "../drivers/metrics/driver.ts";
import type { MetricsSource } from "./context-port.ts";

/** One reading of a metrics server: every question about the same moment. */
export interface MetricsQuestions {
  /** The series that a selector picks, as they stand at the moment. */
  now(query: string): Promise<readonly MetricSample[]>;
  /** Their points over the range that the query names. */
  past(query: string): Promise<readonly MetricSeries[]>;
  /** Why the answers so far may be missing something; empty when they are whole. */
  readonly gaps: ReadonlySet<string>;
}

/** @param at milliseconds since 1970. */
export function askMetrics({ driver }: MetricsSource, at: number): MetricsQuestions {
  const gaps = new Set<string>();
  const ask = async (query: string): Promise<QueryValue> => {
    const answered = await driver.query(query, at);
    for (const gap of gapsOf(answered)) gaps.add(gap);
    return answered.data;
  };
  return {
    gaps,
    async now(query) {
      const value = await ask(query);
      if (value.type === "vector") return value.samples;
      throw otherType(query, value);
    },
    async past(query) {
      const value = await ask(query);
      if (value.type === "matrix") return value.series;
      throw otherType(query, value);
    },
  };
}

function gapsOf({ complete, warnings }: Answered<unknown>): readonly string[] {
  if (complete) return [];
  return warnings.length > 0 ? warnings : ["the server says that its answer is partial"];
}

function otherType(query: string, { type }: QueryValue): CbctlError {
  return new CbctlError("not-understood", `Prometheus answered ${query} with a ${type}`, {
    hint: "check prometheus.url of the context, and whether that server speaks PromQL",
  });
}
