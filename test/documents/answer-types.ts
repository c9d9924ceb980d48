import type * as v from "valibot";
import type { answerSchemas } from "../../src/documents/answers.ts";
import type * as answers from "../../src/domain/answers.ts";

/** The type of each answer in the domain, by its kind. */
export interface AnswerTypes {
  BreakerList: answers.BreakerList;
  GroupList: answers.GroupList;
  InstanceList: answers.InstanceList;
  BreakerLists: answers.BreakerLists;
  BreakerDescription: answers.BreakerDescription;
  ChangeResult: answers.ChangeAnswer;
  ContextList: answers.ContextList;
  Context: answers.ContextDetails;
  SystemList: answers.SystemList;
  SystemDetails: answers.SystemDetails;
  LintReport: answers.LintReport;
  TrustReport: answers.TrustReport;
  AuditList: answers.AuditList;
  AuditEntry: answers.AuditEntry;
  AuditVerification: answers.AuditVerification;
  Reconciliation: answers.Reconciliation;
  AuditExport: answers.AuditExport;
  ExitCodeList: answers.ExitCodeList;
  Error: answers.ErrorDocument;
}

type Scalar = string | number | boolean | null | undefined;

/** A type with its intersections merged and everything read-only, so that two ways of writing it compare equal. */
type Plain<T> = T extends Scalar ? T : { readonly [K in keyof T]: Plain<T[K]> };

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type Schemas = typeof answerSchemas;

/** `true` for every kind whose schema and type say the same. */
type Agreement = {
  [K in keyof Schemas | keyof AnswerTypes]: K extends keyof Schemas & keyof AnswerTypes
    ? Equal<Plain<v.InferOutput<Schemas[K]>>, Plain<AnswerTypes[K]>>
    : false;
};

/** Does not compile when a schema and its type drift apart. */
export const agreement: { readonly [K in keyof Agreement]: Agreement[K] extends true ? true : never } = {
  BreakerList: true,
  GroupList: true,
  InstanceList: true,
  BreakerLists: true,
  BreakerDescription: true,
  ChangeResult: true,
  ContextList: true,
  Context: true,
  SystemList: true,
  SystemDetails: true,
  LintReport: true,
  TrustReport: true,
  AuditList: true,
  AuditEntry: true,
  AuditVerification: true,
  Reconciliation: true,
  AuditExport: true,
  ExitCodeList: true,
  Error: true,
};
