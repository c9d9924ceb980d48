import { type Labels, labelsKey, type Point } from "../metric-series.ts";
import type { StateEvidence } from "./decision.ts";

/** A counter that was seen to rise: by how much, between the reading before `at` and `at`. */
export interface Rise {
  readonly labels: Labels;
  readonly at: number;
  readonly by: number;
}

/**
 * Rises of the counters of one process, oldest first; none where they were not read together, as their order tells nothing
 * then. After a restart, which shows in a counter that fell or went away, all of them count from 0, and what was before is void.
 */
export function risesOf({ now, past }: StateEvidence): Rise[] {
  const present = new Set(now.map(({ labels }) => labelsKey(labels)));
  const tracks = past.filter(({ labels }) => present.has(labelsKey(labels)));
  const readings = [...new Set(past.flatMap(({ points }) => points.map(({ at }) => at)))].sort(
    (a, b) => a - b,
  );
  const lastReading = readings.at(-1);
  const areComplete = tracks.length === present.size;
  if (!areComplete || tracks.some(({ points }) => points.at(-1)?.at !== lastReading)) return [];
  const restart = Math.max(...past.map(({ points }) => lastRestart(points, readings)));
  return tracks
    .flatMap(({ labels, points }) => {
      const since = points.filter(({ at }) => at >= restart);
      const [first] = since;
      const isNew = restart > Number.NEGATIVE_INFINITY || first?.at !== readings[0];
      return risesWithin(since, isNew ? 0 : (first?.value ?? 0)).map((rise) => ({ ...rise, labels }));
    })
    .sort((a, b) => a.at - b.at);
}

/** The last reading in which a counter was less than before, or missing after it had been there. */
function lastRestart(points: readonly Point[], readings: readonly number[]): number {
  const valueAt = new Map(points.map(({ at, value }) => [at, value]));
  const shows = (at: number, index: number) => {
    const before = index === 0 ? undefined : valueAt.get(readings[index - 1] ?? at);
    return before !== undefined && (valueAt.get(at) ?? Number.NEGATIVE_INFINITY) < before;
  };
  return readings.findLast(shows) ?? Number.NEGATIVE_INFINITY;
}

function risesWithin(points: readonly Point[], base: number): Omit<Rise, "labels">[] {
  return points.flatMap(({ at, value }, index) => {
    const before = index === 0 ? base : (points[index - 1]?.value ?? base);
    return value > before ? [{ at, by: value - before }] : [];
  });
}
