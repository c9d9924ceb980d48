import { type Cell, type Column, cellText, paintLike, type Row, type Table } from "./cell.ts";
import type { Paint } from "./paint.ts";
import { cutText, textWidth } from "./text-width.ts";

const GAP = "  ";
const NARROWEST = 8;

/** The width of every column as its widest cell asks for. */
export function naturalWidths({ columns, rows }: Table): number[] {
  const widths = columns.map(({ title }) => textWidth(title));
  for (const row of rows) {
    for (let at = 0; at < widths.length; at++) {
      widths[at] = Math.max(widths[at] ?? 0, textWidth(cellText(row[at])));
    }
  }
  return widths;
}

/** Widths that add up to `available`: the widest give way first, those to keep last. Below eight columns nothing is cut. */
export function fitWidths(
  natural: readonly number[],
  columns: readonly Column[],
  available: number,
): number[] {
  const free = narrow(natural, available, (at) => columns[at]?.keep !== true);
  return narrow(free, available, () => true);
}

/** Caps the columns that may be cut at the largest common width with which the line fits. */
function narrow(widths: readonly number[], available: number, mayCut: (at: number) => boolean): number[] {
  const capped = (cap: number) => widths.map((width, at) => (mayCut(at) ? Math.min(width, cap) : width));
  const fits = (cap: number) => capped(cap).reduce((sum, width) => sum + width, 0) <= available;
  let least = NARROWEST;
  let most = Math.max(NARROWEST, ...widths);
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (fits(middle)) least = middle;
    else most = middle - 1;
  }
  return capped(least);
}

/** Lines of aligned columns, each made when it is asked for; cut to `available` columns, or whole when that is null. */
export function* drawColumns(table: Table, available: number | null, paint: Paint): Iterable<string> {
  const { columns, rows } = table;
  const gaps = GAP.length * (columns.length - 1);
  const natural = naturalWidths(table);
  const widths = available === null ? natural : fitWidths(natural, columns, available - gaps);
  const titles = columns.map(({ title }): Cell => (title === "" ? "" : { text: title, tone: "strong" }));
  if (columns.some(({ title }) => title !== "")) yield drawRow(titles, columns, widths, paint);
  for (const row of rows) yield drawRow(row, columns, widths, paint);
}

function drawRow(row: Row, columns: readonly Column[], widths: readonly number[], paint: Paint): string {
  let last = columns.length - 1;
  while (last > 0 && cellText(row[last]) === "") last -= 1;
  const cells: string[] = [];
  for (let at = 0; at <= last; at++) {
    const width = widths[at] ?? 0;
    const whole = cellText(row[at]);
    const needed = textWidth(whole);
    const text = needed <= width ? whole : cutText(whole, width);
    const padding = " ".repeat(Math.max(0, width - (text === whole ? needed : textWidth(text))));
    const painted = paintLike(row[at], text, paint);
    if (columns[at]?.align === "right") cells.push(padding + painted);
    else cells.push(at === last ? painted : painted + padding);
  }
  return cells.join(GAP);
}
