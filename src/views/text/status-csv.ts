import type { BreakerList, BreakerLists, GroupList, InstanceList } from "../../domain/answers.ts";
import type { Breaker } from "../../domain/breaker.ts";
import { jsonName, THRESHOLDS, type ThresholdName, type ThresholdValues } from "../../domain/threshold.ts";
import { type CsvValue, csvLines } from "./csv.ts";

const COUNTERS = [
  "total",
  "open",
  "forcedOpen",
  "halfOpen",
  "unknown",
  "disabled",
  "metricsOnly",
  "closed",
] as const;
const TOLD = ["reason", "since", "retryAt", "failures", "successes", "calls", "rejected", "scope"] as const;
const THRESHOLD_NAMES = (Object.keys(THRESHOLDS) as ThresholdName[]).map(jsonName);
const TOLD_HEAD = [...TOLD, ...THRESHOLD_NAMES];

/** The columns are the names of JSON output, the same ones in every answer, so that files of different days fit together. */
const BREAKER_HEAD = ["context", "group", "key", "state", "nativeState", ...COUNTERS, ...TOLD_HEAD];

export function csvOfBreakerList(list: BreakerList): Iterable<string> {
  return csvLines(BREAKER_HEAD, breakerRows(list));
}

export function csvOfBreakerLists({ items }: BreakerLists): Iterable<string> {
  return csvLines(BREAKER_HEAD, items.flatMap(breakerRows));
}

export function csvOfGroupList({ context, groups }: GroupList): Iterable<string> {
  const rows = groups.map(({ group, state, summary }) => [
    context,
    group,
    state,
    ...COUNTERS.map((name) => summary[name]),
    summary.mixed,
  ]);
  return csvLines(["context", "group", "state", ...COUNTERS, "mixed"], rows);
}

/** An instance that could not be read is a row with its error and nothing else. */
export function csvOfInstanceList({ context, instances }: InstanceList): Iterable<string> {
  const blank = [null, null, null, null, ...TOLD_HEAD.map(() => null)];
  const rows = instances.flatMap(({ instance, url, breakers, error }) =>
    error === null
      ? breakers.map((told) => {
          const { group, key, state, nativeState } = told;
          return [context, instance, url, null, group, key, state, nativeState, ...toldValues(told)];
        })
      : [[context, instance, url, error.message, ...blank]],
  );
  return csvLines(
    ["context", "instance", "url", "error", "group", "key", "state", "nativeState", ...TOLD_HEAD],
    rows,
  );
}

function breakerRows({ context, breakers }: BreakerList): CsvValue[][] {
  return breakers.map((breaker) => [
    context,
    breaker.group,
    breaker.key,
    breaker.state,
    breaker.nativeState,
    ...COUNTERS.map((name) => breaker.instances[name]),
    ...toldValues(breaker),
  ]);
}

function toldValues({
  reason,
  since,
  retryAt,
  counts,
  thresholds,
}: Pick<Breaker, "reason" | "since" | "retryAt" | "counts"> & {
  readonly thresholds: ThresholdValues;
}): CsvValue[] {
  const { failures, successes, calls, rejected, scope } = counts;
  const values = THRESHOLD_NAMES.map((name) => thresholds[name] ?? null);
  return [reason, since, retryAt, failures, successes, calls, rejected, scope, ...values];
}
