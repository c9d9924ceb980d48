import { type BreakerState, compareStates } from "./breaker.ts";
import { compareText } from "./compare-text.ts";
import { type Labels, labelsKey, labelsOf, pickLabels } from "./metric-series.ts";
import { type Asked, decideBy, isCopyLabel, labelsReadBy, says } from "./state-deciders/decide.ts";
import type { StateEvidence } from "./state-deciders/decision.ts";
import { partition } from "./state-deciders/partition.ts";

/** A state as metrics tell it. `reason` says what contradicts or is missing, `decidedBy` what told the state. */
export interface Judgement {
  readonly state: BreakerState;
  readonly reason: string | null;
  readonly decidedBy: string | null;
}

/** The state of one breaker, and of each copy of it with the labels that name the copy. */
export interface MetricReading extends Judgement {
  readonly key: string;
  readonly group: string | null;
  readonly copies: readonly ({ readonly labels: Labels } & Judgement)[];
}

/**
 * The state of every breaker that has a series. For each copy of it (replica, process) the first way of the document that can
 * tell decides, and the breaker is as bad as its worst copy. What cannot be told is unknown, and so is a breaker of which
 * series say different things that differ in other labels than those of copies, such as `env`.
 * @param evidence one for each entry of `metrics.state`, in its order.
 */
export function statesFromMetrics(asked: Asked, evidence: readonly StateEvidence[]): MetricReading[] {
  const breakers = partition(evidence, breakerNamer(asked.metrics.labels));
  const readings = [...breakers].map(([name, own]) => ({
    ...(JSON.parse(name) as Named),
    ...judgeBreaker(asked, own),
  }));
  return readings.sort((a, b) => compareText(a.group ?? "", b.group ?? "") || compareText(a.key, b.key));
}

type Named = Pick<MetricReading, "key" | "group">;

/** The breaker that a series is about; null when it names none. @param named which label names what. */
export function breakerOf(named: Labels, labels: Labels): Named | null {
  const key = named["key"] === undefined ? undefined : labels[named["key"]];
  const group = named["group"] === undefined ? null : (labels[named["group"]] ?? null);
  return key === undefined ? null : { key, group };
}

function breakerNamer(named: Labels): (labels: Labels) => string | null {
  return (labels) => {
    const breaker = breakerOf(named, labels);
    return breaker && JSON.stringify(breaker);
  };
}

interface Copy {
  readonly labels: Labels;
  readonly origin: ReadonlyMap<string, string>;
  readonly judged: Judgement;
}

function judgeBreaker(asked: Asked, evidence: readonly StateEvidence[]): Omit<MetricReading, keyof Named> {
  const ofCopy = (labels: Labels) => labelsKey(pickLabels(labels, isCopyLabel));
  const copies = [...partition(evidence, ofCopy)].map(
    ([name, own]): Copy => ({
      labels: labelsOf(name),
      origin: originOf(asked, own),
      judged: judgeCopy(asked, own),
    }),
  );
  const label = haveOneState(copies) ? null : differingLabel(copies);
  if (label === null) {
    return { ...worstOf(copies), copies: copies.map(({ labels, judged }) => ({ labels, ...judged })) };
  }
  const judged = unknown(
    `${tellApart(copies, label)}: are they one breaker? match: in the context tells them apart`,
  );
  return { ...judged, copies: copies.map(({ labels }) => ({ labels, ...judged })) };
}

function haveOneState(copies: readonly Copy[]): boolean {
  return new Set(copies.map(({ judged }) => judged.state)).size < 2;
}

function worstOf(copies: readonly Copy[]): Judgement {
  const [worst] = copies.map(({ judged }) => judged).sort((a, b) => compareStates(a.state, b.state));
  if (worst === undefined) return unknown("there is no series");
  if (haveOneState(copies) || worst.state === "unknown") return worst;
  const said = copies.map(({ labels, judged }) => says(labels, judged.state));
  return { ...worst, reason: said.sort().join(", ") };
}

function judgeCopy(asked: Asked, evidence: readonly StateEvidence[]): Judgement {
  const reasons: string[] = [];
  for (const [index, way] of (asked.metrics.state ?? []).entries()) {
    const decision = decideBy(way, evidence[index] ?? { now: [], past: [] }, asked);
    if (decision.state !== null) return { state: decision.state, reason: null, decidedBy: decision.by };
    reasons.push(decision.why);
  }
  return unknown(reasons.join("; "));
}

/** The labels that say where a copy belongs: none of the breaker, of copies, or of states. */
function originOf({ metrics, readWord }: Asked, evidence: readonly StateEvidence[]): Map<string, string> {
  const others = new Set([
    "__name__",
    ...Object.values(metrics.labels),
    ...(metrics.state ?? []).flatMap(labelsReadBy),
  ]);
  const isOrigin = (name: string, value: string) =>
    !others.has(name) && !isCopyLabel(name) && readWord(value) === undefined;
  const labels = evidence.flatMap(({ now }) => now.flatMap((sample) => Object.entries(sample.labels)));
  return new Map(labels.filter(([name, value]) => isOrigin(name, value)));
}

function differingLabel(copies: readonly Copy[]): string | null {
  const names = new Set(copies.flatMap(({ origin }) => [...origin.keys()]));
  const valuesOf = (name: string) =>
    new Set(copies.map(({ origin }) => origin.get(name)).filter((value) => value !== undefined));
  return [...names].sort(compareText).find((name) => valuesOf(name).size > 1) ?? null;
}

function tellApart(copies: readonly Copy[], label: string): string {
  const said = copies.map(({ origin, judged }) => says({ [label]: origin.get(label) ?? "" }, judged.state));
  return [...new Set(said)].sort().join(", ");
}

function unknown(reason: string): Judgement {
  return { state: "unknown", reason, decidedBy: null };
}
