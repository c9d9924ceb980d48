import { breakerName } from "../../domain/breaker.ts";
import { type JournalEntry, nameActor } from "../../domain/journal.ts";
import type { ViewOptions } from "../view.ts";
import { type Cell, type Column, NOT_TOLD, type Row, toned } from "./cell.ts";
import { sinceText } from "./moments.ts";
import { appliedText } from "./outcomes.ts";

const NAMED_BREAKERS = 3;

export const JOURNAL_COLUMNS: readonly Column[] = [
  { title: "WHEN", keep: true },
  { title: "ACTION", keep: true },
  { title: "RESULT", keep: true },
  { title: "BREAKERS" },
  { title: "BY" },
  { title: "REASON" },
  { title: "ID", keep: true },
];

/** The cells of a change below `JOURNAL_COLUMNS`. */
export function journalRow({ at, intent, result }: JournalEntry, options: ViewOptions): Row {
  const undoes = intent.undoes === null ? null : `of ${intent.undoes}`;
  return [
    `${sinceText(at, options)}${options.terminal ? " ago" : ""}`,
    intent.action,
    resultCell(result),
    namesOf(intent.targets, options),
    nameActor(intent.by) ?? NOT_TOLD,
    [undoes, intent.reason, intent.incident].filter((text) => text !== null).join(" · ") || NOT_TOLD,
    intent.id,
  ];
}

/** How a change ended; one without a result may or may not have been sent. */
export function resultCell(result: JournalEntry["result"]): Cell {
  if (result === null) return toned("? result unknown", "warn");
  const reconciled = result.reconciled ? " (reconciled)" : "";
  return toned(`${appliedText(result)}${reconciled}`, result.applied === result.total ? "good" : "bad");
}

function namesOf(targets: JournalEntry["intent"]["targets"], { terminal }: ViewOptions): string {
  const names = [...new Set(targets.map(breakerName))];
  const named = terminal ? names.slice(0, NAMED_BREAKERS) : names;
  const more = names.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
