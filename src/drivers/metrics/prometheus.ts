import type { Answered, MetricsDriver, TimeRange } from "./driver.ts";
import { unexpected } from "./prometheus-errors.ts";
import { ask, type PrometheusOptions, type Question } from "./prometheus-exchange.ts";
import {
  readAlerts,
  readLabelSets,
  readMatrix,
  readRules,
  readTargets,
  readValue,
} from "./prometheus-results.ts";

/** Any server that speaks the Prometheus HTTP API v1: Prometheus, VictoriaMetrics, Thanos, Mimir. */
export function prometheusMetrics(options: PrometheusOptions): MetricsDriver {
  async function read<T>(question: Question, parse: (data: unknown) => T | null): Promise<Answered<T>> {
    const { data, ...said } = await ask(options, question);
    const parsed = parse(data);
    if (parsed === null) throw unexpected(options.url, `the data of /${question.path} has another shape`);
    return { data: parsed, ...said };
  }
  const get = (path: string, parameters: Question["parameters"] = []) =>
    ({ method: "GET", path, parameters }) as const;
  const post = (path: string, parameters: Question["parameters"]) =>
    ({ method: "POST", path, parameters }) as const;
  const patience = ["timeout", `${Math.ceil(options.timeoutMs * SERVER_SHARE)}ms`] as const;
  return {
    query: (query, atMs) =>
      read(post("query", [["query", query], ["time", seconds(atMs)], patience, NEWEST]), readValue),
    queryRange: (query, range, stepMs) =>
      read(
        post("query_range", [["query", query], ...bounds(range), ["step", seconds(stepMs)], patience]),
        readMatrix,
      ),
    series: (selectors, range) =>
      read(
        get("series", [...selectors.map((selector) => ["match[]", selector] as const), ...bounds(range)]),
        readLabelSets,
      ),
    targets: () => read(get("targets", [["state", "active"]]), readTargets),
    rules: () => read(get("rules"), readRules),
    alerts: () => read(get("alerts"), readAlerts),
  };
}

/** VictoriaMetrics otherwise answers as of 30 s ago; no other server knows the parameter. */
const NEWEST = ["nocache", "1"] as const;

/** The server gives up a little sooner than we do, so that it is the one to say why. */
const SERVER_SHARE = 0.9;

function bounds({ startMs, endMs }: TimeRange): Question["parameters"] {
  return [
    ["start", seconds(startMs)],
    ["end", seconds(endMs)],
  ];
}

function seconds(ms: number): string {
  return String(ms / 1000);
}
