import type { BreakerState } from "../domain/breaker.ts";
import type { Labels } from "../domain/metric-series.ts";
import { seriesOf } from "../domain/state-deciders/decide.ts";
import type { ReadStateWord } from "../domain/state-deciders/decision.ts";
import { readStateWord } from "../domain/state-word.ts";
import type { Field, Metrics } from "../domain/system.ts";
import { meaningOf } from "./fields.ts";

/** A text as a PromQL literal. */
export function promqlString(text: string): string {
  // Its escapes are Go's, and JSON's are among them.
  return JSON.stringify(text.replace(/\p{Cs}/gu, "\ufffd"));
}

/** A span as a PromQL duration: `90s`, `1500ms`. */
export function promqlDuration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${Math.round(ms)}ms`;
}

/** Matchers that hold a series to exactly these labels: `env="prod",job="api"`. */
export function matchersOf(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${promqlString(value)}`)
    .join(",");
}

/** A metric as a document names it (`calls_total` or `calls_total{kind="failed"}`), held to further labels. */
export function selectorOf(series: string, labels: Labels): string {
  const matchers = matchersOf(labels);
  if (matchers === "") return series;
  if (!series.endsWith("}")) return `${series}{${matchers}}`;
  const head = series.slice(0, -1).trimEnd();
  return `${head}${/[{,]$/.test(head) ? "" : ","}${matchers}}`;
}

/** What to ask for one way of telling the state: the series now, and their points of a while where these can matter. */
export interface StateQuery {
  readonly now: string;
  readonly past: string | null;
}

/** One query for each entry of `metrics.state`; `match` and the breaker's own labels bound into each. */
export function stateQueries(metrics: Metrics, labels: Labels, pastMs: number): StateQuery[] {
  return (metrics.state ?? []).map((way) => {
    const now = selectorOf(seriesOf(way), labels);
    const past = "series" in way ? null : `${now}[${promqlDuration(pastMs)}]`;
    return { now, past };
  });
}

/** The labels that pick one breaker. */
export function breakerLabels({ labels }: Metrics, breaker: { key: string; group: string | null }): Labels {
  const { key, group } = labels;
  return {
    ...(key !== undefined && { [key]: breaker.key }),
    ...(group !== undefined && breaker.group !== null && { [group]: breaker.group }),
  };
}

/** Reads a state in a label's value: by the words of the field that the admin API's states are read with, else as systems usually spell states. */
export function metricStateWords(field: Field): ReadStateWord {
  return (word) => {
    const meaning = meaningOf(field, word) as BreakerState | undefined;
    return meaning === "unknown" ? undefined : (meaning ?? readStateWord(word));
  };
}
