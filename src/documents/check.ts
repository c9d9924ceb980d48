import * as v from "valibot";
import type { Problem } from "../domain/answers.ts";
import { nearNames, nearNamesHint } from "../domain/near-names.ts";
import type { LoadedYaml, Path } from "./load.ts";
import { KNOWN, type Schema } from "./shape.ts";

/** Something wrong at a place of a document, before it has a line and a column. */
export interface Finding {
  readonly path: Path;
  /** What to point at: the value, or the name before it. */
  readonly part?: "key" | "value";
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint?: string | undefined;
}

/** Holds a value against a schema. All that is wrong is told at once. */
export function checkShape<Read>(
  schema: Schema<unknown, Read>,
  value: unknown,
):
  | { readonly value: Read; readonly findings: null }
  | { readonly value: null; readonly findings: readonly Finding[] } {
  const result = v.safeParse(schema, value);
  return result.success
    ? { value: result.output, findings: null }
    : { value: null, findings: result.issues.map(findingOf) };
}

/** Finds the line and the column of a finding. */
export function problemOf(loaded: LoadedYaml, { path, part, severity, message, hint }: Finding): Problem {
  return {
    file: loaded.file,
    ...loaded.locate(path, part),
    field: fieldName(path),
    severity,
    message,
    hint: hint ?? null,
  };
}

/** The dotted name of a place: `spec.answers[0].status`. */
export function fieldName(path: Path): string {
  return path
    .map((name) => (typeof name === "number" ? `[${name}]` : `.${name}`))
    .join("")
    .replace(/^\./, "");
}

function findingOf(issue: v.BaseIssue<unknown>): Finding {
  const path = (issue.path ?? []).map(({ key }) => key as string | number);
  const name = String(path.at(-1) ?? "");
  if (issue.type === "never" && issue.message.startsWith(KNOWN)) {
    const known = issue.message.slice(KNOWN.length).split(" ");
    return {
      path,
      part: "key",
      severity: "error",
      message: `unknown key "${name}"`,
      hint: nearNamesHint(name, known),
    };
  }
  if (issue.path?.at(-1)?.origin === "key" && issue.input === undefined) {
    return { path: path.slice(0, -1), part: "key", severity: "error", message: `"${name}" is missing` };
  }
  if (!issue.message.startsWith("Invalid ")) {
    const [message = "", hint] = issue.message.split("\n");
    return { path, severity: "error", message, hint };
  }
  const { wanted, hint } = wantedOf(issue);
  return { path, severity: "error", message: `must be ${wanted}, not ${inWords(issue.input)}`, hint };
}

const WANTED: Readonly<Record<string, string>> = {
  object_with_rest: "a map",
  record: "a map",
  array: "a list",
  string: "text",
  number: "a number",
  boolean: "true or false",
};

function wantedOf(issue: v.BaseIssue<unknown>): { wanted: string; hint?: string | undefined } {
  if (issue.type !== "picklist" && issue.type !== "literal")
    return { wanted: WANTED[issue.type] ?? issue.expected ?? "" };
  const words = (issue.expected ?? "").replace(/[()"]/g, "").split(" | ");
  const [nearest] = nearNames(String(issue.input), words, 1);
  return {
    wanted: words.length === 1 ? (words[0] ?? "") : `one of ${words.join(", ")}`,
    hint: nearest === undefined ? undefined : `did you mean ${nearest}?`,
  };
}

const LONGEST_QUOTE = 60;

function inWords(value: unknown): string {
  if (value === null || value === undefined) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}
