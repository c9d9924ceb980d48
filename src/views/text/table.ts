import type { ViewOptions } from "../view.ts";
import { cellText, NOT_TOLD, paintLike, type Table } from "./cell.ts";
import { drawColumns, fitWidths, naturalWidths } from "./columns.ts";
import { cutText } from "./text-width.ts";

const BORDER_LINES = 4;
const PROMPT_LINES = 2;

/**
 * A list: boxed where it fits the screen together with the `around` lines of its view, else in columns. On a terminal
 * columns that tell nothing are left out and wide cells are cut; elsewhere it is whole.
 */
export function drawTable(table: Table, options: ViewOptions, around = 0): Iterable<string> {
  if (!options.terminal) return drawColumns(table, null, options.paint);
  const telling = withoutEmptyColumns(table);
  const height = table.rows.length + BORDER_LINES + PROMPT_LINES + around;
  return options.drawBox && height <= options.rows
    ? drawBoxed(telling, options, options.drawBox)
    : drawColumns(telling, options.columns, options.paint);
}

/** A list without borders of which nothing is ever cut, for texts that must be read whole. */
export function drawWhole(table: Table, { paint }: ViewOptions): Iterable<string> {
  return drawColumns(table, null, paint);
}

function drawBoxed(
  table: Table,
  { columns: available, paint }: ViewOptions,
  drawBox: NonNullable<ViewOptions["drawBox"]>,
): Iterable<string> {
  const { columns, rows } = table;
  const borders = 3 * columns.length + 1;
  const widths = fitWidths(naturalWidths(table), columns, available - borders);
  const cut = (text: string, at: number) => cutText(text, widths[at] ?? 0);
  return drawBox({
    head: columns.map(({ title }, at) => paint.strong(cut(title, at))),
    rows: rows.map((row) => columns.map((_, at) => paintLike(row[at], cut(cellText(row[at]), at), paint))),
    alignments: columns.map(({ align }) => align ?? "left"),
  });
}

function withoutEmptyColumns({ columns, rows }: Table): Table {
  const tells = columns.map((_, at) => rows.some((row) => !["", NOT_TOLD].includes(cellText(row[at]))));
  return {
    columns: columns.filter((_, at) => tells[at]),
    rows: rows.map((row) => row.filter((_, at) => tells[at])),
  };
}
