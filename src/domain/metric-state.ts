import { type BreakerState, compareStates } from "./breaker.ts";
import { compareText } from "./compare-text.ts";
import { type Labels, labelsKey, labelsOf, pickLabels } from "./metric-series.ts";
import { type Asked, decideBy, isCopyLabel, labelsReadBy, says } from "./state-deciders/decide.ts";
import type { StateEvidence } from "./state-deciders/decision.ts";
import { partition } from "./state-deciders/partition.ts";

/** The state of one breaker as metrics tell it. `reason` says what contradicts or is missing, `decidedBy` what told the state. */
export interface MetricReading {
  readonly key: string;
  readonly group: string | null;
  readonly state: BreakerState;
  readonly reason: string | null;
  readonly decidedBy: string | null;
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
    ...breakerNamed(name),
    ...judgeBreaker(asked, own),
  }));
  return readings.sort((a, b) => compareText(a.group ?? "", b.group ?? "") || compareText(a.key, b.key));
}

function breakerNamer({ key, group }: Labels): (labels: Labels) => string | null {
  return (labels) => {
    const ofKey = key === undefined ? undefined : labels[key];
    return ofKey === undefined
      ? null
      : JSON.stringify([ofKey, group === undefined ? null : (labels[group] ?? null)]);
  };
}

function breakerNamed(name: string): Pick<MetricReading, "key" | "group"> {
  const [key, group] = JSON.parse(name) as [string, string | null];
  return { key, group };
}

type Judgement = Pick<MetricReading, "state" | "reason" | "decidedBy">;

interface Copy {
  readonly labels: Labels;
  readonly origin: ReadonlyMap<string, string>;
  readonly judged: Judgement;
}

function judgeBreaker(asked: Asked, evidence: readonly StateEvidence[]): Judgement {
  const ofCopy = (labels: Labels) => labelsKey(pickLabels(labels, isCopyLabel));
  const copies = [...partition(evidence, ofCopy)].map(
    ([name, own]): Copy => ({
      labels: labelsOf(name),
      origin: originOf(asked, own),
      judged: judgeCopy(asked, own),
    }),
  );
  const [worst] = copies.map(({ judged }) => judged).sort((a, b) => compareStates(a.state, b.state));
  if (worst === undefined) return unknown("there is no series");
  if (copies.every(({ judged }) => judged.state === worst.state)) return worst;
  const label = differingLabel(copies);
  if (label !== null)
    return unknown(
      `${tellApart(copies, label)}: are they one breaker? match: in the context tells them apart`,
    );
  if (worst.state === "unknown") return worst;
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
