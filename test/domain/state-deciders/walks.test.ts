import { describe, expect, it } from "vitest";
import type { MetricSample, MetricSeries } from "../../../src/domain/metric-series.ts";
import { statesFromMetrics } from "../../../src/domain/metric-state.ts";
import { readStateWord } from "../../../src/domain/state-word.ts";
import type { StateFromMetrics } from "../../../src/domain/system.ts";

type State = "closed" | "open" | "half_open";

const NEXT: Readonly<Record<State, readonly State[]>> = {
  closed: ["open"],
  open: ["half_open"],
  half_open: ["closed", "open"],
};

interface Walk {
  readonly now: MetricSample[];
  readonly past: MetricSeries[];
  readonly truth: State;
}

interface Habits {
  /** A restarted process begins where it was, and takes a while to come up; else it begins closed, at once. */
  readonly restores: boolean;
  /** Series are there from the start, or appear with their first change. */
  readonly eager: boolean;
  readonly labels: (from: State, to: State) => Record<string, string>;
}

const ALL = (Object.keys(NEXT) as State[]).flatMap((from) => NEXT[from].map((to) => [from, to] as const));

/** A breaker that goes its way at random, restarts now and then, and is scraped every minute. */
function walk(seed: number, { restores, eager, labels }: Habits): Walk {
  const random = numbersFrom(seed);
  const fresh = () => new Map(eager ? ALL.map(([from, to]) => [JSON.stringify(labels(from, to)), 0]) : []);
  const past = new Map<string, { at: number; value: number }[]>();
  let counters = fresh();
  let state: State = "closed";
  let at = 0;
  for (let scrape = 0; scrape < 2 + random(8); scrape++) {
    at += 60_000;
    const restarts = random(6) === 0;
    if (restarts) counters = fresh();
    if (restarts && !restores) state = "closed";
    const changes = restarts && restores ? 0 : ([0, 0, 1, 1, 2, 3][random(6)] ?? 0);
    for (let change = 0; change < changes; change++) {
      const ways: readonly State[] = NEXT[state];
      const to = ways[random(ways.length)] ?? "closed";
      const name = JSON.stringify(labels(state, to));
      counters.set(name, (counters.get(name) ?? 0) + 1);
      state = to;
    }
    for (const [name, value] of counters) past.set(name, [...(past.get(name) ?? []), { at, value }]);
  }
  const parse = (name: string) => ({ key: "pay", ...(JSON.parse(name) as Record<string, string>) });
  return {
    now: [...counters].map(([name, value]) => ({ labels: parse(name), at, value })),
    past: [...past].map(([name, points]) => ({ labels: parse(name), points: points.slice(-5) })),
    truth: state,
  };
}

function numbersFrom(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const fromTo: StateFromMetrics = { transitions: "changes", from: "from", to: "to" };
const toOnly: StateFromMetrics = { transitions: "changes", to: "to" };
const bothEnds = (from: State, to: State) => ({ from, to });
const oneEnd = (_: State, to: State) => ({ to });

describe.each([
  { what: "with both ends", way: fromTo, labels: bothEnds, leastTold: 0.6 },
  { what: "with one end", way: toOnly, labels: oneEnd, leastTold: 0.4 },
])("changes $what", ({ way, labels, leastTold }) => {
  it.each([
    { eager: true, restores: false },
    { eager: false, restores: false },
    { eager: true, restores: true },
  ])("of thousands of walks tell the truth or nothing: %j", (habits) => {
    let told = 0;
    const wrong: unknown[] = [];
    for (let seed = 0; seed < 3_000; seed++) {
      const { truth, ...evidence } = walk(seed, { ...habits, labels });
      const asked = {
        metrics: { labels: { key: "key" }, state: [way], series: {} },
        readWord: readStateWord,
        at: 0,
      };
      const [reading] = statesFromMetrics(asked, [evidence]);
      if (reading === undefined || reading.state === "unknown") continue;
      told += 1;
      if (reading.state !== truth) wrong.push({ seed, truth, reading, evidence });
    }
    expect(wrong.length, JSON.stringify(wrong.slice(0, 2))).toBe(0);
    expect(told / 3_000).toBeGreaterThan(leastTold);
  });
});
