import { type Labels, labelsKey, type Point } from "../metric-series.ts";
import type { StateEvidence } from "./decision.ts";

/** A counter that was seen to rise: by how much, between the reading before `at` and `at`. */
export interface Rise {
  readonly labels: Labels;
  readonly at: number;
  readonly by: number;
}

/**
 * Rises of the counters of one process, oldest first. After a restart, which shows in one counter that fell or is gone, all
 * of them count from 0, and what was before tells nothing of now.
 */
export function risesOf(evidence: StateEvidence): Rise[] {
  const tracks = tracksOf(evidence);
  const pages = pagesOf(evidence);
  const [firstPage = 0] = pages;
  const restart = restartOf(evidence, tracks, pages);
  return tracks
    .flatMap(({ labels, points }) => {
      const kept = points.filter(({ at }) => at >= restart);
      const startsAtZero = restart > Number.NEGATIVE_INFINITY || (kept[0]?.at ?? 0) > firstPage;
      return risesWithin(kept, startsAtZero ? 0 : (kept[0]?.value ?? 0)).map((rise) => ({ ...rise, labels }));
    })
    .sort((a, b) => a.at - b.at);
}

interface Track {
  readonly labels: Labels;
  readonly points: readonly Point[];
}

function tracksOf({ now, past }: StateEvidence): Track[] {
  const before = new Map(past.map(({ labels, points }) => [labelsKey(labels), points]));
  return now.map(({ labels, at, value }) => {
    const points = before.get(labelsKey(labels)) ?? [];
    return {
      labels,
      points: points.length === 0 || points.at(-1)?.value === value ? points : [...points, { at, value }],
    };
  });
}

function pagesOf({ past }: StateEvidence): number[] {
  return [...new Set(past.flatMap(({ points }) => points.map(({ at }) => at)))].sort((a, b) => a - b);
}

function restartOf({ now, past }: StateEvidence, tracks: readonly Track[], pages: readonly number[]): number {
  const present = new Set(now.map(({ labels }) => labelsKey(labels)));
  const gone = past.filter(({ labels }) => !present.has(labelsKey(labels)));
  const falls = [...tracks, ...gone].map(({ points }) => lastFall(points));
  const losses = gone.map(({ points }) => {
    const last = points.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
    return pages.find((page) => page > last) ?? Number.POSITIVE_INFINITY;
  });
  return Math.max(Number.NEGATIVE_INFINITY, ...falls, ...losses);
}

function lastFall(points: readonly Point[]): number {
  const index = points.findLastIndex(({ value }, i) => i > 0 && value < (points[i - 1]?.value ?? value));
  return points[index]?.at ?? Number.NEGATIVE_INFINITY;
}

function risesWithin(points: readonly Point[], base: number): Omit<Rise, "labels">[] {
  return points.flatMap(({ at, value }, index) => {
    const before = index === 0 ? base : (points[index - 1]?.value ?? base);
    return value > before ? [{ at, by: value - before }] : [];
  });
}
