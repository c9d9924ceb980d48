/** Cells that are already cut and painted. */
export interface Box {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly alignments: readonly ("left" | "right")[];
}

/** Draws a table with borders. For what fits a screen only: its cost grows with the square of the rows. */
export type DrawBox = (box: Box) => readonly string[];

/** The drawer of boxes for a person's terminal, null elsewhere; its package is loaded only then. */
export async function loadBox(terminal: boolean): Promise<DrawBox | null> {
  return terminal ? (await import("./boxed-table.ts")).drawBox : null;
}
