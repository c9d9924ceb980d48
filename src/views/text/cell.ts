import type { Paint, Tone } from "./paint.ts";

export interface Column {
  readonly title: string;
  /** For numbers. */
  readonly align?: "right";
  /** Cut only when cutting all others is not enough. */
  readonly keep?: true;
}

/** One field of a row: its text, and how it is painted. */
export type Cell = string | { readonly text: string; readonly tone: Tone };

export type Row = readonly Cell[];

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Columns without a head. */
export function untitled(count: number): readonly Column[] {
  return Array.from({ length: count }, () => ({ title: "" }));
}

/** Stands where a system told nothing. */
export const NOT_TOLD = "-";

export function toned(text: string, tone: Tone): Cell {
  return { text, tone };
}

export function cellText(cell: Cell | undefined): string {
  return typeof cell === "object" ? cell.text : (cell ?? "");
}

/** A text in the paint of the cell it belongs to. */
export function paintLike(cell: Cell | undefined, text: string, paint: Paint): string {
  return typeof cell === "object" ? paint[cell.tone](text) : text;
}
