import Table from "cli-table3";
import type { Box } from "./box.ts";

/** Borders without colours of their own, and a line under the head only. */
export function drawBox({ head, rows, alignments }: Box): readonly string[] {
  const table = new Table({
    head: [...head],
    colAligns: [...alignments],
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString().split("\n");
}
