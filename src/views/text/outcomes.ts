import type { Outcome } from "../../domain/change-result.ts";
import { type Cell, toned } from "./cell.ts";
import type { Tone } from "./paint.ts";

const SIGNS: Record<Outcome, { readonly symbol: string; readonly tone: Tone }> = {
  planned: { symbol: "→", tone: "strong" },
  applied: { symbol: "✔", tone: "good" },
  unchanged: { symbol: "=", tone: "dim" },
  failed: { symbol: "✖", tone: "bad" },
  unverified: { symbol: "!", tone: "warn" },
  unknown: { symbol: "?", tone: "warn" },
  refused: { symbol: "⊘", tone: "bad" },
  unsupported: { symbol: "⊘", tone: "bad" },
};

/** What became of a change, by symbol, word and colour together. */
export function outcomeCell(outcome: Outcome): Cell {
  return toned(`${SIGNS[outcome].symbol} ${outcome}`, SIGNS[outcome].tone);
}

/** `applied 2/3`: how many places hold what was asked, those that held it before included. */
export function appliedText({
  applied,
  total,
}: {
  readonly applied: number;
  readonly total: number;
}): string {
  return `applied ${applied}/${total}`;
}
