import { metricStateWords, type StateQuery, selectorOf, stateQueries } from "../dialect/promql.ts";
import { type BreakerReading, compareStates, placeOf } from "../domain/breaker.ts";
import { compareText } from "../domain/compare-text.ts";
import { CbctlError } from "../domain/errors.ts";
import type { Instance, InstanceReading } from "../domain/fleet.ts";
import {
  COUNT_SERIES,
  type CountName,
  countsByPlace,
  NOT_COUNTED,
  type PlaceCounts,
} from "../domain/metric-counts.ts";
import type { Labels, MetricSample } from "../domain/metric-series.ts";
import { type Judgement, type MetricReading, statesFromMetrics } from "../domain/metric-state.ts";
import type { Asked } from "../domain/state-deciders/decide.ts";
import type { StateEvidence } from "../domain/state-deciders/decision.ts";
import type { Metrics, System } from "../domain/system.ts";
import { askMetrics, type MetricsQuestions } from "./ask-metrics.ts";
import type { ContextPort } from "./context-port.ts";

/** How far back transitions are looked for where the series of now do not tell the state. */
const PAST_MS = 60 * 60 * 1000;

/**
 * What the metrics tell of each replica: the `instance` that a series was scraped from, else the server that was asked. Where
 * that answered only in part, it stands among them as one that could not be read.
 * @throws CbctlError, exit code 9, when it does not answer.
 */
export async function readFromMetrics(context: ContextPort): Promise<InstanceReading[]> {
  const metrics = metricsOf(context.system);
  const source = await context.metrics();
  const server: Instance = { name: new URL(source.url).host, url: source.url };
  const at = context.clock.now();
  const questions = askMetrics(source, at);
  const readWord = metricStateWords(context.system.read?.state ?? {});
  const [states, counted] = await Promise.all([
    readStates({ metrics, readWord, at }, source.match, questions),
    readCounts(metrics, source.match, questions),
  ]);
  const instanceOf = (labels: Labels) => labels["instance"] ?? server.name;
  const counts = countsByPlace(counted, metrics.labels, instanceOf);
  const told = readingsOf(states, counts, instanceOf);
  return [...byInstance([...told, ...untold(told, counts)], server), ...unread(questions.gaps, server)];
}

function metricsOf({ name, metrics }: System): Metrics {
  if (metrics?.state !== undefined) return metrics;
  throw new CbctlError(
    "unsupported",
    `system ${name} has neither an admin API nor metrics to read a state from`,
    {
      hint: "declare spec.read or spec.metrics.state in its document",
    },
  );
}

async function readStates(
  asked: Asked,
  match: Labels,
  questions: MetricsQuestions,
): Promise<MetricReading[]> {
  const queries = stateQueries(asked.metrics, match, PAST_MS);
  const samples = await Promise.all(queries.map(({ now }) => questions.now(now)));
  const evidence = samples.map((now): StateEvidence => ({ now, past: [] }));
  if (isTold(asked, queries, evidence)) return statesFromMetrics(asked, evidence);
  const whole = queries.map(async ({ past }, index) => ({
    now: samples[index] ?? [],
    past: past === null ? [] : await questions.past(past),
  }));
  return statesFromMetrics(asked, await Promise.all(whole));
}

/** True when every state is told by ways that stand before the first one to which the past matters. */
function isTold(asked: Asked, queries: readonly StateQuery[], evidence: readonly StateEvidence[]): boolean {
  const first = queries.findIndex(({ past }) => past !== null);
  if (first === -1) return true;
  const metrics = { ...asked.metrics, state: asked.metrics.state?.slice(0, first) };
  const readings = statesFromMetrics({ ...asked, metrics }, evidence);
  return readings.every(({ copies }) => copies.every(({ decidedBy }) => decidedBy !== null));
}

async function readCounts(
  { series }: Metrics,
  match: Labels,
  questions: MetricsQuestions,
): Promise<Partial<Record<CountName, readonly MetricSample[]>>> {
  const read = (Object.keys(COUNT_SERIES) as CountName[]).flatMap((name) => {
    const counter = series[COUNT_SERIES[name]];
    return counter === undefined
      ? []
      : [questions.now(selectorOf(counter, match)).then((samples) => [name, samples])];
  });
  return Object.fromEntries(await Promise.all(read));
}

type CountsOfPlaces = ReadonlyMap<string, PlaceCounts>;

function readingsOf(
  states: readonly MetricReading[],
  counts: CountsOfPlaces,
  instanceOf: (labels: Labels) => string,
): BreakerReading[] {
  return states.flatMap(({ key, group, copies }) => {
    const worst = new Map<string, Judgement>();
    for (const { labels, ...judged } of copies) {
      const known = worst.get(instanceOf(labels));
      if (!known || compareStates(judged.state, known.state) < 0) worst.set(instanceOf(labels), judged);
    }
    return [...worst].map(([instance, judged]) => readingOf({ key, group, instance }, judged, counts));
  });
}

/** What is counted at an instance, while no series there is about its state: such as of a process in which it never changed. */
function untold(told: readonly BreakerReading[], counts: CountsOfPlaces): BreakerReading[] {
  const places = new Set(told.map(placeOf));
  const judged: Judgement = { state: "unknown", reason: "no series tells its state", decidedBy: null };
  return [...counts]
    .filter(([place]) => !places.has(place))
    .map(([, place]) => readingOf(place, judged, counts));
}

function readingOf(
  { key, group, instance }: Omit<PlaceCounts, "counts">,
  { state, reason, decidedBy }: Judgement,
  counts: CountsOfPlaces,
): BreakerReading {
  return {
    key,
    group,
    labels: {},
    instance,
    state,
    nativeState: null,
    reason: reason ?? (decidedBy === null ? null : `told by ${decidedBy}`),
    since: null,
    retryAt: null,
    lastFailureAt: null,
    counts: counts.get(placeOf({ key, group, instance }))?.counts ?? NOT_COUNTED,
    thresholds: {},
  };
}

function byInstance(readings: readonly BreakerReading[], server: Instance): InstanceReading[] {
  const names = [...new Set(readings.map(({ instance }) => instance))].sort(compareText);
  return names.map((name) => ({
    instance: { name, url: server.url },
    breakers: readings.filter(({ instance }) => instance === name),
    error: null,
  }));
}

function unread(gaps: ReadonlySet<string>, { name, url }: Instance): InstanceReading[] {
  if (gaps.size === 0) return [];
  const message = `Prometheus answered only in part: ${[...gaps].join("; ")}`;
  const hint = "see which of its stores are away, and ask again";
  return [
    { instance: { name, url }, breakers: null, error: { instance: name, code: "no-data", message, hint } },
  ];
}
