import type { Labels } from "../metric-series.ts";
import type { StateEvidence } from "./decision.ts";

/**
 * Evidence apart by a name made of labels, each part in the order that came. What has no name (null) is left out, and what is
 * only of the past makes no part.
 */
export function partition(
  evidence: readonly StateEvidence[],
  nameBy: (labels: Labels) => string | null,
): Map<string, StateEvidence[]> {
  const grouped = evidence.map(({ now, past }) => ({
    now: groupBy(now, nameBy),
    past: groupBy(past, nameBy),
  }));
  const names = new Set(grouped.flatMap(({ now }) => [...now.keys()]));
  const ofName = (name: string) =>
    grouped.map(({ now, past }) => ({ now: now.get(name) ?? [], past: past.get(name) ?? [] }));
  return new Map([...names].map((name) => [name, ofName(name)]));
}

function groupBy<T extends { readonly labels: Labels }>(
  all: readonly T[],
  nameBy: (labels: Labels) => string | null,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const name = nameBy(one.labels);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(one);
    else groups.set(name, [one]);
  }
  return groups;
}
