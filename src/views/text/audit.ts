import type { AuditEntry, AuditList, AuditVerification, Reconciliation } from "../../domain/answers.ts";
import { breakerName } from "../../domain/breaker.ts";
import type { InstanceResult } from "../../domain/change-result.ts";
import { type JournalEntry, nameActor } from "../../domain/journal.ts";
import type { ViewOptions } from "../view.ts";
import { type Row, untitled } from "./cell.ts";
import { changedText } from "./change-facts.ts";
import { drawResults } from "./change-result.ts";
import { counted, drawFacts, drawSection } from "./facts.ts";
import { JOURNAL_COLUMNS, journalRow, resultCell } from "./journal-rows.ts";
import { drawTable, drawWhole } from "./table.ts";

/** `audit list`: the changes of a context as the journal has them. */
export function* viewAuditList(
  { context, entries }: Pick<AuditList, "context" | "entries">,
  options: ViewOptions,
): Iterable<string> {
  const rows = entries.map((entry) => journalRow(entry, options));
  if (rows.length === 0) yield `no changes of ${context} are journalled`;
  else yield* drawTable({ columns: JOURNAL_COLUMNS, rows }, options);
}

/** `audit show`: one change in full. */
export function* viewAuditEntry({ entry }: AuditEntry, options: ViewOptions): Iterable<string> {
  const { intent, at, result, resultAt } = entry;
  yield* drawFacts(
    [
      ["id", intent.id],
      ["action", intent.action],
      ["undoes", intent.undoes],
      ["context", `${intent.context} · ${intent.system}`],
      ["by", nameActor(intent.by)],
      ["reason", intent.reason],
      ["incident", intent.incident],
      ["approved", intent.approved],
      ["begun", at],
      ["ended", resultAt],
      ["result", resultCell(result)],
    ],
    options,
  );
  yield* drawSection("was to become", drawIntended(entry, options), options);
  yield* drawSection("became", drawResults(result?.results ?? [], options), options);
}

/** `audit verify`: whether the journal is whole; each fault by its line. */
export function* viewAuditVerification(found: AuditVerification, { paint }: ViewOptions): Iterable<string> {
  const { file, events, faults } = found;
  for (const { line, kind, message } of faults) yield `${file}:${line}: ${paint.bad(kind)}: ${message}`;
  yield faults.length === 0
    ? paint.good(`✔ ${file}: ${counted(events, "event")}, unbroken`)
    : paint.bad(`✖ ${file}: ${counted(events, "event")}, ${counted(faults.length, "fault")}`);
}

/** `audit reconcile`: the changes whose end was not known, and what was read back of each. */
export function* viewReconciliation(
  { context, entries }: Reconciliation,
  options: ViewOptions,
): Iterable<string> {
  if (entries.length === 0) {
    yield options.paint.good(`✔ every change of ${context} has a known result`);
    return;
  }
  const columns = untitled(3);
  for (const { intent, result } of entries) {
    yield* drawWhole({ columns, rows: [[intent.id, intent.action, resultCell(result)]] }, options);
    const results: readonly InstanceResult[] = result?.results ?? [];
    for (const line of drawResults(results, options)) yield `  ${line}`;
  }
}

function drawIntended({ intent }: JournalEntry, options: ViewOptions): Iterable<string> {
  const rows = intent.targets.map((target): Row => {
    const { before, to, instance } = target;
    return [breakerName(target), instance, changedText(before, { ...before, ...to })];
  });
  return drawWhole({ columns: untitled(3), rows }, options);
}
