import type { BreakerState } from "../breaker.ts";
import { type Labels, labelsKey, labelsOf, pickLabels, showLabels } from "../metric-series.ts";
import type { Metrics, StateFromMetrics } from "../system.ts";
import { type Decision, type ReadStateWord, type StateEvidence, undecided } from "./decision.ts";
import { byNumber, byTimeLeft, byTrueSeries } from "./gauges.ts";
import { partition } from "./partition.ts";
import { byTransitions } from "./transitions.ts";

/** What is asked of the evidence, at which moment (milliseconds since 1970). */
export interface Asked {
  readonly metrics: Metrics;
  readonly readWord: ReadStateWord;
  readonly at: number;
}

const NOTHING: StateEvidence = { now: [], past: [] };

/** Labels that tell the copies of one breaker apart. */
const COPY =
  /^(exported_)?(instance|pod|pod_name|pod_ip|container|container_id|node|host|hostname|replica|prometheus_replica|task|worker|pid)$/;

export function isCopyLabel(name: string): boolean {
  return COPY.test(name);
}

/**
 * One way of telling the state, of one copy of a breaker. Series that differ in a label which this way does not read are
 * judged apart; they tell a state only where they agree.
 */
export function decideBy(way: StateFromMetrics, evidence: StateEvidence, asked: Asked): Decision {
  const readHere = new Set([...labelsReadBy(way), ...Object.values(asked.metrics.labels)]);
  const rest = (labels: Labels) => pickLabels(labels, (name) => !readHere.has(name) && !isCopyLabel(name));
  const parts = [...partition([evidence], (labels) => labelsKey(rest(labels)))];
  const decisions = parts.map(([name, [own = NOTHING]]) => ({ name, decision: decideOne(way, own, asked) }));
  const [first] = decisions;
  if (first === undefined) return undecided(`${seriesOf(way)} has no series`);
  if (decisions.length === 1) return first.decision;
  const [state, ...others] = new Set(decisions.map(({ decision }) => decision.state));
  if (state !== null && others.length === 0) return first.decision;
  const labels = differing(decisions.map(({ name }) => labelsOf(name)));
  const said = decisions.map(({ decision }, index) => says(labels[index] ?? {}, decision.state ?? "unknown"));
  return undecided(`${seriesOf(way)} contradicts itself: ${said.sort().join(", ")}`);
}

/** Of each label set, what is not the same in all. */
function differing(sets: readonly Labels[]): Labels[] {
  return sets.map((labels) =>
    pickLabels(labels, (name) => sets.some((other) => other[name] !== labels[name])),
  );
}

function decideOne(way: StateFromMetrics, evidence: StateEvidence, { readWord, at }: Asked): Decision {
  if ("remaining" in way) return byTimeLeft(way, evidence, at);
  if ("transitions" in way) return byTransitions(way, evidence, readWord);
  return "label" in way ? byTrueSeries(way, evidence.now, readWord) : byNumber(way, evidence.now, readWord);
}

/** The labels in which a way reads states. */
export function labelsReadBy(way: StateFromMetrics): string[] {
  if ("transitions" in way) return [way.from, way.to].filter((label) => label !== undefined);
  return "label" in way ? [way.label] : [];
}

/** The metric that a way reads, with the labels that pick its series. */
export function seriesOf(way: StateFromMetrics): string {
  if ("remaining" in way) return way.remaining;
  return "transitions" in way ? way.transitions : way.series;
}

export function says(labels: Labels, state: BreakerState): string {
  return `${showLabels(labels) || "one series"} says ${state}`;
}
