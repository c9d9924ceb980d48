import { toldNumber } from "../metric-series.ts";
import {
  type Decision,
  decided,
  listed,
  type ReadStateWord,
  type StateEvidence,
  undecided,
} from "./decision.ts";
import { type Rise, risesOf } from "./rises.ts";

interface TransitionCounter {
  readonly transitions: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** A counter of changes of state: entries minus exits where it names both ends, else the series that rose last. */
export function byTransitions(
  { transitions, from, to }: TransitionCounter,
  evidence: StateEvidence,
  readWord: ReadStateWord,
): Decision {
  if (to === undefined) return undecided(`${transitions} counts changes and not to which state`);
  const unread = evidence.now.find(({ value }) => toldNumber(value) === null || value < 0);
  if (unread) return undecided(`${transitions} is ${unread.value}`);
  const nameless = evidence.now.some(({ labels }) => !labels[to] || (from !== undefined && !labels[from]));
  if (nameless)
    return undecided(`${transitions} has series without ${listed([from ?? "", to].filter(Boolean))}`);
  if (evidence.now.every(({ value }) => value === 0)) {
    return undecided(`${transitions} has counted no change, and not told where it began`);
  }
  const word =
    from === undefined
      ? lastRisen(transitions, to, evidence)
      : whereItIs(transitions, { from, to }, evidence);
  if ("why" in word) return undecided(word.why);
  const state = readWord(word.at);
  return state === undefined
    ? undecided(`${transitions} says "${word.at}", which is no known state`)
    : decided(state, word.by);
}

type Whereabouts = { readonly at: string; readonly by: string } | { readonly why: string };

function whereItIs(series: string, ends: { from: string; to: string }, evidence: StateEvidence): Whereabouts {
  const balances = new Map<string, number>();
  const count = ({ labels, by }: Pick<Rise, "labels" | "by">) => {
    add(balances, labels[ends.to] ?? "", by);
    add(balances, labels[ends.from] ?? "", -by);
  };
  for (const { labels, value } of evidence.now) count({ labels, by: value });
  if (balances.size > 0) return endOf(series, balances, `entries minus exits of ${series}`);
  // It is where it was when its counters began, which they do not tell: the last stretch that ends elsewhere than it began does.
  for (const rises of latestFirst(risesOf(evidence))) {
    rises.forEach(count);
    if (balances.size > 0) return endOf(series, balances, `the last changes in ${series}`);
  }
  return { why: `${series} came back to where it began, which it does not tell` };
}

/** A walk leaves where it began once more than it came, and comes to where it is once more than it left. */
function endOf(series: string, balances: ReadonlyMap<string, number>, by: string): Whereabouts {
  const ends = [...balances].filter(([, balance]) => balance === 1);
  const begins = [...balances].filter(([, balance]) => balance === -1);
  const [end] = ends;
  if (end !== undefined && ends.length === 1 && begins.length === 1 && balances.size === 2)
    return { at: end[0], by };
  const shown = [...balances]
    .sort(([, a], [, b]) => b - a)
    .map(([word, n]) => `${word} ${n > 0 ? "+" : ""}${n}`);
  return { why: `entries minus exits of ${series} come to ${listed(shown)}, which is no one state` };
}

function add(balances: Map<string, number>, word: string, by: number): void {
  const balance = (balances.get(word) ?? 0) + by;
  if (balance === 0) balances.delete(word);
  else balances.set(word, balance);
}

function lastRisen(series: string, to: string, evidence: StateEvidence): Whereabouts {
  const [latest] = latestFirst(risesOf(evidence));
  if (latest !== undefined) {
    const words = latest.map(({ labels }) => labels[to] ?? "").sort();
    const [only = ""] = words;
    return words.length === 1
      ? { at: only, by: `the last rise of ${series}` }
      : { why: `${listed(words)} of ${series} rose between the same two readings` };
  }
  const counted = evidence.now.filter(({ value }) => value > 0);
  const [only] = counted;
  if (only?.value === 1 && counted.length === 1)
    return { at: only.labels[to] ?? "", by: `the only change in ${series}` };
  return { why: `nothing rose in ${series} for as long as was looked at` };
}

/** Rises that were read together, the latest first. */
function latestFirst(rises: readonly Rise[]): Rise[][] {
  const times = [...new Set(rises.map(({ at }) => at))].reverse();
  return times.map((time) => rises.filter(({ at }) => at === time));
}
