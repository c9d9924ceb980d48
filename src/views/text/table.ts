import type { ViewOptions } from "../view.ts";
import { cellText, NOT_TOLD, paintLike, type Table } from "./cell.ts";
import { drawColumns, fitWidths, naturalWidths } from "./columns.ts";
import { cutText } from "./text-width.ts";

const BORDER_LINES = 4;
const PROMPT_LINES = 2;
const READABLE = 20;

/**
 * A list: boxed where it fits the screen together with the `around` lines of its view, else in columns. On a terminal
 * columns that tell nothing are left out and long cells are cut, unless all was asked for; elsewhere it is whole.
 */
export function drawTable(table: Table, options: ViewOptions, around = 0): Iterable<string> {
  const { terminal, drawBox, rows, columns, paint, wide } = options;
  if (!terminal) return drawColumns(table, null, paint);
  const telling = withoutEmptyColumns(table);
  const isShort = table.rows.length + BORDER_LINES + PROMPT_LINES + around <= rows;
  const boxed = drawBox !== null && isShort && hasRoomForBorders(telling, columns);
  return boxed ? drawBoxed(telling, options, drawBox) : drawColumns(telling, wide ? null : columns, paint);
}

/** Borders are not worth a name that they cut off, nor a reason cut so short that nothing can be read. */
function hasRoomForBorders(table: Table, available: number): boolean {
  const least = naturalWidths(table).map((width, at) =>
    table.columns[at]?.keep ? width : Math.min(width, READABLE),
  );
  return least.reduce((sum, width) => sum + width, bordersOf(table)) <= available;
}

function bordersOf({ columns }: Table): number {
  return 3 * columns.length + 1;
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
  const widths = fitWidths(naturalWidths(table), columns, available - bordersOf(table));
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
