import type { AlertRule } from "./alert-rule.ts";
import {
  BREAKER_STATES,
  type Breaker,
  type BreakerState,
  type InstanceCounts,
  STATE_COUNTS,
} from "./breaker.ts";
import { type Condition, judge, type Truth } from "./vocabulary/condition.ts";

const SHARES = ["openShare", "notClosedShare"] as const;

/**
 * What a condition can ask of breakers. States are counted over (key, instance) pairs; a share is 0 to 1 of all pairs, and
 * forced open counts as open in it. Null: there is nothing to count.
 */
export type Measures = Readonly<
  Record<keyof InstanceCounts, number | null> & Record<(typeof SHARES)[number], number | null>
>;

/** The same of one breaker, with its state; the counts are those of its instances. */
export interface BreakerMeasures extends Readonly<Record<(typeof SHARES)[number], number | null>> {
  readonly state: BreakerState;
  readonly instances: InstanceCounts;
}

const COUNTS = ["total", ...Object.values(STATE_COUNTS)];

/** The names that a rule about breakers, groups or a context may refer to. */
export function measureNames(per: AlertRule["per"]): readonly string[] {
  return per === "breaker"
    ? ["state", ...SHARES, ...COUNTS.map((count) => `instances.${count}`)]
    : [...COUNTS, ...SHARES];
}

/** Measures of a group, or of a whole context, as it was read. */
export function measuresOf(breakers: readonly Breaker[]): Measures {
  return measure(sum(breakers.map(({ instances }) => instances)));
}

/** Measures of one breaker as it was read. */
export function measuresOfBreaker({ state, instances }: Breaker): BreakerMeasures {
  return { state, instances, ...shares(instances) };
}

/**
 * Judges a condition over a group or a context. Pairs whose state could not be read may be in any state: the answer is
 * "cannot tell" where that could change it. Of no breakers at all nothing can be told.
 */
export function judgeBreakers(condition: Condition, breakers: readonly Breaker[]): Truth {
  const told = sum(breakers.map(({ instances }) => instances));
  return agreed(possible(told).map((counts) => judge(condition, measure(counts))));
}

/** Judges a condition over one breaker, in the same way. */
export function judgeBreaker(condition: Condition, breaker: Breaker): Truth {
  const worlds = possible(breaker.instances).map((instances) => ({
    ...breaker,
    instances,
    state: worstOf(instances),
  }));
  return agreed(worlds.map((world) => judge(condition, measuresOfBreaker(world))));
}

/** What the counts may truly be: as told, or with all that is unknown in one and the same state. */
function possible(told: InstanceCounts): InstanceCounts[] {
  const known = BREAKER_STATES.filter((state) => state !== "unknown").map((state) => STATE_COUNTS[state]);
  return told.unknown === 0
    ? [told]
    : known.map((count) => ({ ...told, [count]: told[count] + told.unknown }));
}

function agreed(truths: readonly Truth[]): Truth {
  const [first = null] = truths;
  return truths.every((truth) => truth === first) ? first : null;
}

function worstOf(counts: InstanceCounts): BreakerState {
  const readable = BREAKER_STATES.filter((state) => state !== "unknown");
  return readable.find((state) => counts[STATE_COUNTS[state]] > 0) ?? "unknown";
}

function sum(counts: readonly InstanceCounts[]): InstanceCounts {
  const add = (name: keyof InstanceCounts) => counts.reduce((total, one) => total + one[name], 0);
  return {
    total: add("total"),
    closed: add("closed"),
    open: add("open"),
    halfOpen: add("halfOpen"),
    forcedOpen: add("forcedOpen"),
    disabled: add("disabled"),
    metricsOnly: add("metricsOnly"),
    unknown: add("unknown"),
  };
}

function measure(counts: InstanceCounts): Measures {
  if (counts.total > 0) return { ...counts, ...shares(counts) };
  return Object.fromEntries(measureNames("context").map((name) => [name, null])) as Measures;
}

function shares({
  total,
  open,
  forcedOpen,
  closed,
}: InstanceCounts): Pick<Measures, (typeof SHARES)[number]> {
  if (total === 0) return { openShare: null, notClosedShare: null };
  return { openShare: (open + forcedOpen) / total, notClosedShare: (total - closed) / total };
}
