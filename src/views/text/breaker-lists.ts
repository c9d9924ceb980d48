import type { BreakerLists } from "../../domain/answers.ts";
import type { ViewOptions } from "../view.ts";
import { breakerCells, breakerColumns, toldCells, toldColumns } from "./breaker-cells.ts";
import { viewBreakerList } from "./breaker-list.ts";
import { drawTable } from "./table.ts";
import { viewVerdictSummary } from "./verdicts.ts";

/** `status -A`: a list per context for a person; elsewhere one table with a column that names the context. */
export function* viewBreakerLists(lists: BreakerLists, options: ViewOptions): Iterable<string> {
  if (options.terminal) yield* contextByContext(lists, options);
  else yield* oneTable(lists, options);
}

function* contextByContext({ items, errors }: BreakerLists, options: ViewOptions): Iterable<string> {
  const lines = items.reduce((sum, { breakers }) => sum + breakers.length + 6, errors.length);
  const fitting = lines <= options.rows ? options : { ...options, drawBox: null };
  for (const [at, list] of items.entries()) {
    if (at > 0) yield "";
    yield* viewBreakerList(list, fitting);
  }
  if (items.length === 0 && errors.length === 0) yield "no contexts";
  for (const { context, message } of errors) yield options.paint.warn(`! ${context}: ${message}`);
}

function* oneTable({ items }: BreakerLists, options: ViewOptions): Iterable<string> {
  const columns = [{ title: "CONTEXT" }, ...breakerColumns(true), ...toldColumns(options)];
  const rows = items.flatMap(({ context, breakers }) =>
    breakers.map((breaker) => [context, ...breakerCells(breaker, true), ...toldCells(breaker, options)]),
  );
  if (rows.length > 0) yield* drawTable({ columns, rows }, options);
  const verdicts = items.flatMap((list) => list.verdicts ?? []);
  if (items.some((list) => list.verdicts !== undefined)) yield* viewVerdictSummary(verdicts, options);
}
