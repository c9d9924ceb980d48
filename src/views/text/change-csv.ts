import type { AuditList, ChangeAnswer } from "../../domain/answers.ts";
import { nameActor } from "../../domain/journal.ts";
import { csvLines } from "./csv.ts";

export function csvOfChangeResult({ action, results, journalId }: ChangeAnswer): Iterable<string> {
  const head = [
    "action",
    "group",
    "key",
    "instance",
    "outcome",
    "stateBefore",
    "stateAfter",
    "message",
    "journalId",
  ];
  const rows = results.map(({ group, key, instance, outcome, before, after, message }) => [
    action,
    group,
    key,
    instance,
    outcome,
    before?.state ?? null,
    after?.state ?? null,
    message,
    journalId,
  ]);
  return csvLines(head, rows);
}

/** A row for each breaker at each instance that a change was about. */
export function csvOfAuditList({ entries }: Pick<AuditList, "entries">): Iterable<string> {
  const head = [
    "at",
    "id",
    "action",
    "group",
    "key",
    "instance",
    "outcome",
    "by",
    "reason",
    "incident",
    "undoes",
  ];
  const rows = entries.flatMap(({ at, intent, result }) =>
    intent.targets.map(({ group, key, instance }) => {
      const became = result?.results.find(
        (each) => each.key === key && each.group === group && each.instance === instance,
      );
      const by = nameActor(intent.by);
      return [
        at,
        intent.id,
        intent.action,
        group,
        key,
        instance,
        became?.outcome ?? null,
        by,
        intent.reason,
        intent.incident,
        intent.undoes,
      ];
    }),
  );
  return csvLines(head, rows);
}
