import * as v from "valibot";
import { API_VERSION } from "../../domain/answers.ts";
import { EXIT_CODES } from "../../domain/errors.ts";
import { VERBS } from "../../domain/vocabulary/change.ts";

export const text = v.string();
export const flag = v.boolean();
export const number = v.pipe(v.number(), v.finite());
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** RFC 3339 in UTC, as every time in an answer is. */
export const time = v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/));
export const texts = v.array(text);
export const maybeText = v.nullable(text);
export const maybeTime = v.nullable(time);
export const verb = v.picklist(VERBS);
export const exitCode = v.picklist(EXIT_CODES.map(({ code }) => code));

export const errorCode = v.picklist([
  "internal",
  "usage",
  "invalid-document",
  "unknown-name",
  "out-of-bounds",
  "no-consent",
  "guard",
  "conflict",
  "unsupported",
  "untrusted",
  "unreachable",
  "timed-out",
  "unauthorized",
  "rate-limited",
  "not-understood",
  "no-data",
  "no-storage",
  "not-recorded",
  "interrupted",
  "terminated",
]);

/** One kind of answer: its header, and these fields and no others. */
export function answer<const K extends string, const E extends v.ObjectEntries>(kind: K, entries: E) {
  return v.strictObject({ apiVersion: v.literal(API_VERSION), kind: v.literal(kind), ...entries });
}
