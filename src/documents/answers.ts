import * as v from "valibot";
import {
  breakerDescription,
  breakerList,
  breakerLists,
  groupList,
  instanceList,
} from "./answers/breakers.ts";
import {
  context,
  contextList,
  lintReport,
  systemDetails,
  systemList,
  trustReport,
} from "./answers/catalogs.ts";
import { changeResult, errorDocument, exitCodeList } from "./answers/changes.ts";
import { auditEntry, auditExport, auditList, auditVerification, reconciliation } from "./answers/journal.ts";
import { fieldName } from "./check.ts";
import type { Schema } from "./shape.ts";

/** The schema of every answer that `-o json` prints, by its kind; `Error` is what a failing command prints. */
export const answerSchemas = {
  BreakerList: breakerList,
  GroupList: groupList,
  InstanceList: instanceList,
  BreakerLists: breakerLists,
  BreakerDescription: breakerDescription,
  ChangeResult: changeResult,
  ContextList: contextList,
  Context: context,
  SystemList: systemList,
  SystemDetails: systemDetails,
  LintReport: lintReport,
  TrustReport: trustReport,
  AuditList: auditList,
  AuditEntry: auditEntry,
  AuditVerification: auditVerification,
  Reconciliation: reconciliation,
  AuditExport: auditExport,
  ExitCodeList: exitCodeList,
  Error: errorDocument,
} as const satisfies Record<string, Schema<unknown>>;

export type AnswerKind = keyof typeof answerSchemas;

export function isAnswerKind(kind: string): kind is AnswerKind {
  return Object.hasOwn(answerSchemas, kind);
}

/** What is wrong with an answer, as `field: message`; nothing when it keeps the schema of its kind. */
export function checkAnswer(kind: string, value: unknown): string[] {
  if (!isAnswerKind(kind)) return [`there is no answer of kind ${kind}`];
  const result = v.safeParse(answerSchemas[kind] as Schema<unknown>, value);
  return (result.issues ?? []).map(({ path, message }) => {
    const field = fieldName((path ?? []).map(({ key }) => key as string | number));
    return `${field === "" ? kind : field}: ${message}`;
  });
}
