import * as v from "valibot";
import { answer, count, flag, maybeText, maybeTime, text, time } from "./parts.ts";
import { action, changeFacts, instanceResult, someFacts } from "./values.ts";

const actor = v.strictObject({ user: text, host: text, ci: maybeText });

const target = v.strictObject({
  key: text,
  group: maybeText,
  instance: text,
  before: v.nullable(changeFacts),
  to: someFacts,
});

const intent = v.strictObject({
  kind: v.literal("intent"),
  id: text,
  action,
  context: text,
  system: text,
  by: actor,
  reason: maybeText,
  incident: maybeText,
  targets: v.array(target),
  approved: text,
  undoes: maybeText,
});

const result = v.strictObject({
  kind: v.literal("result"),
  id: text,
  results: v.array(instanceResult),
  applied: count,
  total: count,
  reconciled: flag,
});

export const journalEntry = v.strictObject({
  at: time,
  intent,
  result: v.nullable(result),
  resultAt: maybeTime,
});

const entries = v.array(journalEntry);

export const auditList = answer("AuditList", { context: text, entries });

export const auditEntry = answer("AuditEntry", { context: text, entry: journalEntry });

export const auditVerification = answer("AuditVerification", {
  file: text,
  events: count,
  faults: v.array(v.strictObject({ line: count, kind: text, message: text })),
});

export const reconciliation = answer("Reconciliation", { context: text, entries });

export const auditExport = answer("AuditExport", { context: text, exportedAt: time, by: actor, entries });
