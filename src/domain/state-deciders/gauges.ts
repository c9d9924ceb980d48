import type { BreakerState } from "../breaker.ts";
import { labelsKey, type MetricSample } from "../metric-series.ts";
import {
  type Decision,
  decided,
  listed,
  type ReadStateWord,
  type StateEvidence,
  undecided,
} from "./decision.ts";

/** One series for each state, 1 for the state that holds. */
export function byTrueSeries(
  { series, label }: { readonly series: string; readonly label: string },
  samples: readonly MetricSample[],
  readWord: ReadStateWord,
): Decision {
  const odd = samples.find(({ value }) => value !== 0 && value !== 1);
  if (odd)
    return undecided(`${series} is ${odd.value} for ${label}="${odd.labels[label] ?? ""}", neither 0 nor 1`);
  const words = samples.filter(({ value }) => value === 1).map(({ labels }) => labels[label] ?? "");
  const [word] = words;
  if (word === undefined) return undecided(`no state of ${series} is 1`);
  if (words.length > 1) return undecided(`${listed(words.sort())} of ${series} are 1 at once`);
  const state = readWord(word);
  return state === undefined
    ? undecided(`${series} is 1 for ${label}="${word}", which is no known state`)
    : decided(state, `the one true series of ${series}`);
}

/** Labels that may repeat in words what the number says. */
const REPEATING = ["state", "status"];

/** One number that stands for a state. */
export function byNumber(
  {
    series,
    words,
  }: { readonly series: string; readonly words: Readonly<Partial<Record<BreakerState, number>>> },
  samples: readonly MetricSample[],
  readWord: ReadStateWord,
): Decision {
  const [sample] = samples;
  if (sample === undefined || samples.length > 1) return undecided(`${series} has ${samples.length} series`);
  const meant = (Object.keys(words) as BreakerState[]).filter((state) => words[state] === sample.value);
  const [state] = meant;
  if (state === undefined) return undecided(`${series} is ${sample.value}, which stands for no state`);
  if (meant.length > 1) return undecided(`${series} is ${sample.value}, which stands for ${listed(meant)}`);
  const label = REPEATING.find((name) => readWord(sample.labels[name] ?? "") !== undefined);
  const repeated = label === undefined ? state : readWord(sample.labels[label] ?? "");
  return repeated === state
    ? decided(state, `the number of ${series}`)
    : undecided(`${series} is ${sample.value} (${state}) for ${label}="${sample.labels[label ?? ""]}"`);
}

/**
 * Time left until an open breaker tries again. Such gauges are written while it is open and then left as they are, so that
 * only one that was seen to move counts, and only until its time is over.
 */
export function byTimeLeft(
  { remaining }: { readonly remaining: string },
  { now, past }: StateEvidence,
  at: number,
): Decision {
  const [sample] = now;
  if (sample === undefined || now.length > 1) return undecided(`${remaining} has ${now.length} series`);
  if (!(sample.value > 0 && sample.value < Number.POSITIVE_INFINITY)) {
    return undecided(`${remaining} is ${sample.value}: no time is left`);
  }
  const unitMs = unitOf(remaining);
  if (unitMs === null) return undecided(`the name ${remaining} tells no unit`);
  const movedAt = lastMove(sample, past);
  if (movedAt === null) return undecided(`${remaining} was not seen to move, and may be left over`);
  return movedAt + sample.value * unitMs > at
    ? decided("open", `the time left in ${remaining}`)
    : undecided(`the time in ${remaining} is over`);
}

function unitOf(series: string): number | null {
  const [name = ""] = series.split("{");
  if (/_(ms|milliseconds)$/.test(name)) return 1;
  return /_(s|seconds)$/.test(name) ? 1000 : null;
}

/** When a gauge took the value that it has; null when it has it for as long as is known. */
function lastMove(sample: MetricSample, past: StateEvidence["past"]): number | null {
  const points = past.find(({ labels }) => labelsKey(labels) === labelsKey(sample.labels))?.points ?? [];
  const before = points.findLastIndex(({ value }) => value !== sample.value);
  return before === -1 ? null : (points[before + 1]?.at ?? sample.at);
}
