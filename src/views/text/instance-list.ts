import type { InstanceList, InstanceRow } from "../../domain/answers.ts";
import { breakerName } from "../../domain/breaker.ts";
import type { ViewOptions } from "../view.ts";
import { STATE_COLUMN, toldCells, toldColumns } from "./breaker-cells.ts";
import { type Column, NOT_TOLD, type Row, toned } from "./cell.ts";
import { headline } from "./headline.ts";
import { stateCell } from "./states.ts";
import { drawTable } from "./table.ts";
import { viewVerdictSummary } from "./verdicts.ts";

const COLUMNS: readonly Column[] = [
  STATE_COLUMN,
  { title: "INSTANCE", keep: true },
  { title: "BREAKER", keep: true },
];

/** `status --by instance`: each instance with its own breakers. One that could not be read is a row like any other. */
export function* viewInstanceList(list: InstanceList, options: ViewOptions): Iterable<string> {
  const { instances, verdicts = [] } = list;
  const columns = [...COLUMNS, ...toldColumns(options)];
  const rows = instances.flatMap((row) => instanceRows(row, options, columns));
  if (options.terminal) yield headline(list, options);
  if (rows.length > 0) yield* drawTable({ columns, rows }, options, 1 + verdicts.length);
  else if (options.terminal) yield "no instances";
  if (list.verdicts !== undefined) yield* viewVerdictSummary(list.verdicts, options);
}

function instanceRows(
  { instance, breakers, error }: InstanceRow,
  options: ViewOptions,
  columns: readonly Column[],
): Row[] {
  if (error !== null)
    return [remark([toned("! unread", "warn"), instance, NOT_TOLD], error.message, columns)];
  if (breakers.length === 0) return [remark([NOT_TOLD, instance, NOT_TOLD], "no breakers", columns)];
  return breakers.map((breaker) => [
    stateCell(breaker.state),
    instance,
    breakerName(breaker),
    ...toldCells(breaker, options),
  ]);
}

/** A row that has words below REASON and nothing else to tell. */
function remark(start: Row, words: string, columns: readonly Column[]): Row {
  const rest = columns.slice(start.length);
  return [...start, ...rest.map(({ title }) => (title === "REASON" ? words : NOT_TOLD))];
}
