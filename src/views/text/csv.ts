/** A value of a table: text from outside, a number of ours, or nothing told. */
export type CsvValue = string | number | boolean | null;

const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** A table as comma-separated values (RFC 4180), head first. Text that a spreadsheet would run as a formula gets a leading apostrophe. */
export function* csvLines(head: readonly string[], rows: Iterable<readonly CsvValue[]>): Iterable<string> {
  yield csvLine(head);
  for (const row of rows) yield csvLine(row);
}

function csvLine(values: readonly CsvValue[]): string {
  return values.map(csvCell).join(",");
}

function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
