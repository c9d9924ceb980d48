import * as v from "valibot";
import { type Condition, OPERATORS } from "../domain/vocabulary/condition.ts";
import { parseDuration } from "../domain/vocabulary/duration.ts";
import { choose, isMap, oneOf, type Schema, shape, withHint } from "./shape.ts";
import { complain, optional, ratioOf, text } from "./vocabulary.ts";

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
