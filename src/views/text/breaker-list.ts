import type { BreakerList } from "../../domain/answers.ts";
import type { Breaker } from "../../domain/breaker.ts";
import type { ViewOptions } from "../view.ts";
import { breakerCells, breakerColumns, toldCells, toldColumns } from "./breaker-cells.ts";
import { errorLines, headline, healthLines } from "./headline.ts";
import { drawTable } from "./table.ts";
import { viewVerdictSummary } from "./verdicts.ts";

/**
 * `status`: every breaker of a context. A person also gets a headline, and what could not be read below.
 * Piped, an empty list has no lines at all.
 */
export function* viewBreakerList(list: BreakerList, options: ViewOptions): Iterable<string> {
  const { breakers, errors, verdicts = [] } = list;
  if (options.terminal) yield headline(list, options);
  const below = [...healthLines(list.health, options), ...errorLines(errors, options)];
  if (breakers.length > 0) yield* drawBreakers(breakers, options, 1 + below.length + verdicts.length);
  else if (options.terminal) yield nothingListed(list);
  if (list.verdicts !== undefined) yield* viewVerdictSummary(list.verdicts, options);
  if (options.terminal) yield* below;
}

/** Breakers as a table; `around` is how many lines stand above and below it. */
function drawBreakers(breakers: readonly Breaker[], options: ViewOptions, around: number): Iterable<string> {
  const isReplicated = !options.terminal || breakers.some(({ instances }) => instances.total > 1);
  const columns = [...breakerColumns(isReplicated), ...toldColumns(options)];
  const rows = breakers.map((breaker) => [
    ...breakerCells(breaker, isReplicated),
    ...toldCells(breaker, options),
  ]);
  return drawTable({ columns, rows }, options, around);
}

/** An empty answer in words: nothing is registered, or nothing could be read, which is not the same. */
export function nothingListed({ errors }: Pick<BreakerList, "errors">): string {
  return errors.length > 0 ? "no breakers could be read" : "no breakers";
}
