import type * as v from "valibot";
import type { AlertRule } from "../domain/alert-rule.ts";
import { API_VERSION, type Problem } from "../domain/answers.ts";
import type { Config } from "../domain/config.ts";
import { CbctlError } from "../domain/errors.ts";
import { nearNamesHint } from "../domain/near-names.ts";
import type { System } from "../domain/system.ts";
import { alertRuleOf, alertRuleSchema } from "./alert-rule.ts";
import { checkShape, type Finding, problemOf } from "./check.ts";
import { configOf, configSchema } from "./config.ts";
import type { Rule } from "./lint/rule.ts";
import { alertRuleRules, configRules, systemRules } from "./lint/rules.ts";
import { type LoadedYaml, loadYaml } from "./load.ts";
import { isMap, type Schema } from "./shape.ts";
import { systemOf, systemSchema } from "./system.ts";

/** What each kind of document means. */
export interface Meanings {
  readonly System: System;
  readonly AlertRule: AlertRule;
  readonly Config: Config;
}

export type DocumentKind = keyof Meanings;

export type DocumentOf<K extends DocumentKind> = { readonly kind: K; readonly value: Meanings[K] };

export type Document = { [K in DocumentKind]: DocumentOf<K> }[DocumentKind];

interface Checked {
  readonly document: Document | null;
  readonly problems: readonly Problem[];
}

type Check = (raw: unknown) => { readonly document: Document | null; readonly findings: readonly Finding[] };

/** A kind of document: its shape, what it means, and what else must hold. */
function kind<K extends DocumentKind, S extends Schema<unknown>>(
  name: K,
  schema: S,
  meaning: (written: v.InferOutput<S>) => Meanings[K],
  rules: readonly Rule<Meanings[K]>[],
): { readonly schema: Schema<unknown>; readonly check: Check } {
  const check: Check = (raw) => {
    const checked = checkShape(schema as Schema<unknown, v.InferOutput<S>>, raw);
    if (checked.findings) return { document: null, findings: checked.findings };
    const value = meaning(checked.value);
    return {
      document: { kind: name, value } as Document,
      findings: rules.flatMap((rule) => rule(value, raw)),
    };
  };
  return { schema, check };
}

export const documentKinds = {
  System: kind("System", systemSchema, systemOf, systemRules),
  AlertRule: kind("AlertRule", alertRuleSchema, alertRuleOf, alertRuleRules),
  Config: kind("Config", configSchema, configOf, configRules),
} as const satisfies Record<DocumentKind, unknown>;

const KIND_NAMES = Object.keys(documentKinds);

function check(loaded: LoadedYaml): Checked {
  const { document, findings } = checkKind(loaded.value);
  const problems = findings.map((finding) => problemOf(loaded, finding));
  return { document, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

function checkKind(raw: unknown): ReturnType<Check> {
  const refuse = (path: string[], message: string, hint?: string) => ({
    document: null,
    findings: [{ path, severity: "error", message, hint } as const],
  });
  if (!isMap(raw))
    return refuse(
      [],
      "it is not a document of cbctl",
      `begin it with apiVersion: ${API_VERSION} and its kind`,
    );
  const { apiVersion, kind: named } = raw;
  if (apiVersion !== API_VERSION) return refuse(["apiVersion"], `apiVersion must be ${API_VERSION}`);
  if (typeof named === "string" && Object.hasOwn(documentKinds, named))
    return documentKinds[named as DocumentKind].check(raw);
  return refuse(
    ["kind"],
    `kind must be one of ${KIND_NAMES.join(", ")}`,
    nearNamesHint(String(named), KIND_NAMES),
  );
}

/** Everything wrong or doubtful with a document, in the order of its lines. Runs nothing and reads no other file. */
export function lintDocument(text: string, file: string): readonly Problem[] {
  try {
    return check(loadYaml(text, file)).problems;
  } catch (error) {
    if (!(error instanceof CbctlError) || error.where === null) throw error;
    const [column, line] = error.where.split(":").reverse().map(Number);
    const { message, hint } = error;
    return [{ file, line: line ?? 1, column: column ?? 1, field: "", severity: "error", message, hint }];
  }
}

/**
 * A document's meaning.
 * @throws CbctlError `invalid-document` with file, line and column of its first error, and how many more there are.
 */
export function parseDocument(text: string, file: string): Document {
  const { document, problems } = check(loadYaml(text, file));
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (document !== null && first === undefined) return document;
  const { line, column, field, message, hint } = first as Problem;
  const more = errors.length - 1;
  throw new CbctlError("invalid-document", `${file}: ${field === "" ? "" : `${field}: `}${message}`, {
    where: `${file}:${line}:${column}`,
    hint: hint ?? undefined,
    reason: more > 0 ? `and ${more} more ${more === 1 ? "error" : "errors"}` : undefined,
  });
}

/** @throws CbctlError when the document is invalid, or of another kind. */
export function parseDocumentOf<K extends DocumentKind>(wanted: K, text: string, file: string): Meanings[K] {
  const document = parseDocument(text, file);
  if (document.kind === wanted) return document.value as Meanings[K];
  throw new CbctlError("invalid-document", `${file} holds a ${document.kind}, not a ${wanted}`, {
    where: `${file}:1:1`,
  });
}
