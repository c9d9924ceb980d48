import { compareText } from "./compare-text.ts";
/** The names nearest to a wrong one, best first: those within a third of its length in edits, or that contain it. */
export function nearNames(wrong: string, known: Iterable<string>, most = 3): string[] {
  const sought = wrong.toLowerCase();
  const limit = Math.max(1, Math.floor(sought.length / 3));
  const ranked = [...new Set(known)].map((name) => {
    const candidate = name.toLowerCase();
    const contains = sought.length > 2 && (candidate.includes(sought) || sought.includes(candidate));
    return { name, distance: contains ? 0.5 : editDistance(sought, candidate, limit) };
  });
  return ranked
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || compareText(a.name, b.name))
    .slice(0, most)
    .map(({ name }) => name);
}

/** A hint that names them, or lists what is known when there are few. */
export function nearNamesHint(wrong: string, known: readonly string[]): string | undefined {
  const near = nearNames(wrong, known);
  if (near.length > 0) return `did you mean ${near.join(" or ")}?`;
  return known.length > 0 && known.length <= 12 ? `known: ${known.join(", ")}` : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours; anything over `limit` counts as infinite. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min(at(last, column) + 1, at(current, column - 1) + 1, at(last, column - 1) + same);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, at(before, column - 2) + 1);
      current.push(cost);
    }
    before = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
