import type { Labels, MetricSample, MetricSeries, Point } from "../../domain/metric-series.ts";
import type { ActiveAlert, LoadedRule, QueryValue, ScrapedTarget } from "./driver.ts";
import { isRecord } from "./prometheus-exchange.ts";

type Json = Readonly<Record<string, unknown>>;

/** Each reads the data of one endpoint; null when it has not its shape. */
export function readValue(data: unknown): QueryValue | null {
  if (!isRecord(data)) return null;
  const { resultType, result } = data;
  if (resultType === "vector") {
    const samples = readAll(result, readSample);
    return samples && { type: "vector", samples };
  }
  if (resultType === "matrix") {
    const series = readMatrix(data);
    return series && { type: "matrix", series };
  }
  const point = resultType === "scalar" ? readPoint(result) : null;
  return point && { type: "scalar", ...point };
}

export function readMatrix(data: unknown): MetricSeries[] | null {
  if (!isRecord(data) || data.resultType !== "matrix") return null;
  return readAll(data.result, (one) => {
    const points = readAll(one.values ?? [], readPoint);
    const shapes = readAll(one.histograms ?? [], readHistogram);
    if (points === null || shapes === null) return null;
    return { labels: readLabels(one.metric), points: [...points, ...shapes].sort((a, b) => a.at - b.at) };
  });
}

export function readLabelSets(data: unknown): Labels[] | null {
  return readAll(data, readLabels);
}

export function readTargets(data: unknown): ScrapedTarget[] | null {
  return readAll(isRecord(data) ? data.activeTargets : null, (one) => ({
    labels: readLabels(one.labels),
    url: text(one.scrapeUrl) ?? "",
    health: text(one.health) ?? "unknown",
    lastError: text(one.lastError) || null,
    lastScrapeAt: moment(one.lastScrape),
  }));
}

export function readRules(data: unknown): LoadedRule[] | null {
  const groups = readAll(isRecord(data) ? data.groups : null, (group) =>
    readAll(group.rules ?? [], (rule) => ({
      name: text(rule.name) ?? "",
      group: text(group.name) ?? "",
      kind: rule.type === "recording" ? ("recording" as const) : ("alerting" as const),
      query: text(rule.query) ?? "",
      labels: readLabels(rule.labels),
      health: text(rule.health) ?? "unknown",
      lastError: text(rule.lastError) || null,
    })),
  );
  return groups?.flat() ?? null;
}

export function readAlerts(data: unknown): ActiveAlert[] | null {
  return readAll(isRecord(data) ? data.alerts : null, (one) => ({
    labels: readLabels(one.labels),
    annotations: readLabels(one.annotations),
    state: one.state === "firing" ? ("firing" as const) : ("pending" as const),
    activeAt: moment(one.activeAt),
  }));
}

/** Every entry, or null when this is no list of such entries. */
function readAll<T>(list: unknown, read: (entry: Json) => T | null): T[] | null {
  if (!Array.isArray(list)) return null;
  const entries = list.map((entry: unknown) =>
    entry !== null && typeof entry === "object" ? read(entry as Json) : null,
  );
  return entries.includes(null) ? null : (entries as T[]);
}

function readSample(entry: Json): MetricSample | null {
  const point = "value" in entry ? readPoint(entry.value) : readHistogram(entry.histogram);
  return point && { labels: readLabels(entry.metric), ...point };
}

/** `[seconds, "value"]`. */
function readPoint(pair: unknown): Point | null {
  if (!Array.isArray(pair) || typeof pair[0] !== "number" || typeof pair[1] !== "string") return null;
  return { at: Math.round(pair[0] * 1000), value: readNumber(pair[1]) };
}

/** `[seconds, {…}]`: there is something, and it is no number. */
function readHistogram(pair: unknown): Point | null {
  if (!Array.isArray(pair) || typeof pair[0] !== "number") return null;
  return { at: Math.round(pair[0] * 1000), value: Number.NaN };
}

function readNumber(written: string): number {
  const infinite = /^([+-]?)Inf$/.exec(written);
  if (infinite) return infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return written.trim() === "" ? Number.NaN : Number(written);
}

function readLabels(value: unknown): Labels {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** Go's zero time stands for never. */
function moment(value: unknown): string | null {
  const written = text(value);
  return written === null || written === "" || written.startsWith("0001-01-01") ? null : written;
}
