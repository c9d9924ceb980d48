import * as v from "valibot";
import type { Call } from "../domain/vocabulary/call.ts";
import { type Condition, OPERATORS } from "../domain/vocabulary/condition.ts";
import { parseDuration } from "../domain/vocabulary/duration.ts";
import { byForm, choose, isMap, mapOf, oneOf, type Schema, shape, withHint } from "./shape.ts";

export const optional = v.exactOptional;

/** A text that says something. */
export const text = v.pipe(v.string(), v.regex(/\S/, "must not be empty"));

export const scalar = v.union(
  [v.string(), v.pipe(v.number(), v.finite()), v.boolean()],
  "must be text, a number, true or false",
);

/** A check whose complaint is made of the value; JSON Schema does not show it. */
export function complain<T>(complaint: (value: T) => string | null): v.RawCheckAction<T> {
  return v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const message = complaint(dataset.value);
    if (message !== null) addIssue({ message });
  });
}

/** A duration as it is typed: `90s`, `1m30s`, `500ms`. */
export const duration = v.pipe(
  v.string("must be a duration with its unit, such as 90s or 500ms"),
  v.regex(/^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/, "must be a duration with its unit, such as 90s or 500ms"),
  complain((typed: string) =>
    /\d$|\s/.test(typed) || parseDuration(typed) !== null ? null : "must be a whole number of milliseconds",
  ),
);

/** Milliseconds of a duration that its schema has passed. */
export function msOf(typed: string): number {
  return parseDuration(typed) ?? Number.NaN;
}

const METHOD_AND_PATH = /^(GET|HEAD|POST|PUT|PATCH|DELETE) (\/|https?:\/\/|\$\{)\S*$/;

/** The short form of an HTTP call. */
export const requestLine = v.pipe(
  v.string("must be a call, such as GET /path"),
  v.regex(METHOD_AND_PATH, "must be a call, such as GET /path"),
);

export const httpEntries = {
  http: requestLine,
  body: optional(v.unknown()),
  headers: optional(mapOf(v.string())),
};

/** `METHOD /path`, or an object tagged by the kind of its protocol. */
export const call = byForm({ text: requestLine, map: oneOf({ http: shape(httpEntries) }) });

export type WrittenCall = v.InferOutput<typeof call>;

export function callOf(written: WrittenCall): Call {
  return typeof written === "string" ? { http: written } : written;
}

const operand = v.unknown();

const comparison = shape({
  ref: optional(text),
  lt: optional(operand),
  lte: optional(operand),
  gt: optional(operand),
  gte: optional(operand),
  eq: optional(operand),
  ne: optional(operand),
  in: optional(v.array(v.unknown())),
  contains: optional(operand),
  matches: optional(v.pipe(v.string(), complain(notRegExp))),
  exists: optional(v.boolean()),
});

function notRegExp(pattern: string): string | null {
  try {
    new RegExp(pattern);
    return null;
  } catch {
    return "must be a regular expression";
  }
}

const nested: Schema<Condition> = v.lazy(() => condition);
const parts = v.pipe(v.array(nested), v.minLength(1, "must hold at least one condition"));

const combined = oneOf({
  all: shape({ all: parts }),
  any: shape({ any: parts }),
  not: shape({ not: nested }),
});

const COMBINATIONS = ["all", "any", "not"];

/** A comparison that compares nothing would always be true. */
const nothingCompared = v.custom(
  () => false,
  withHint("compares nothing", `say one of ${OPERATORS.join(", ")}`),
);

/** A question as data: a comparison, or `all`, `any`, `not` of others. */
export const condition: Schema<Condition> = choose({ comparison, combined }, (value) => {
  const names = isMap(value) ? Object.keys(value) : [];
  if (names.some((name) => COMBINATIONS.includes(name))) return combined;
  return names.length === 0 || names.every((name) => name === "ref") ? nothingCompared : comparison;
}) as Schema<Condition>;

const ORDERED = new Set(["lt", "lte", "gt", "gte"]);

/** A written condition in numbers: `50%` is 0.5 and `400ms` is 400 where an order is asked for. */
export function conditionOf(written: Condition): Condition {
  if ("all" in written) return { all: written.all.map(conditionOf) };
  if ("any" in written) return { any: written.any.map(conditionOf) };
  if ("not" in written) return { not: conditionOf(written.not) };
  const entries = Object.entries(written).map(([op, limit]) => [
    op,
    ORDERED.has(op) ? numberOf(limit) : limit,
  ]);
  return Object.fromEntries(entries) as Condition;
}

const PERCENT = /^(\d+(?:\.\d+)?)%$/;

function numberOf(limit: unknown): unknown {
  if (typeof limit !== "string") return limit;
  const percent = PERCENT.exec(limit)?.[1];
  return percent === undefined ? (parseDuration(limit) ?? limit) : ratioOf(limit);
}

export const percent = v.pipe(
  v.string(),
  v.regex(/^(100|\d{1,2}(\.\d+)?)%$/, "must be a ratio: 0 to 1, or 0% to 100%"),
);

/** A ratio of 0 to 1, from `0.5` or `50%`. */
export function ratioOf(written: number | string): number {
  if (typeof written === "number") return written;
  return Number((Number(written.slice(0, -1)) / 100).toPrecision(12));
}

/** The names of a document. */
export const metadata = shape({
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "must be lower-case words joined by -"),
  ),
  title: optional(text),
  description: optional(text),
});
