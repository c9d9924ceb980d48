/** Yes, no, or cannot tell. */
export type Truth = boolean | null;

export const OPERATORS = [
  "lt",
  "lte",
  "gt",
  "gte",
  "eq",
  "ne",
  "in",
  "contains",
  "matches",
  "exists",
] as const;

export type Operator = (typeof OPERATORS)[number];

export type Comparison = { readonly ref?: string } & { readonly [op in Operator]?: unknown };

/** A question as data. Without `ref` it speaks of the value beside it. Never an expression string. */
export type Condition =
  | Comparison
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** Looks a dotted name up in a JSON value: `undefined` when it is not there. */
export function lookUp(value: unknown, ref: string): unknown {
  return follow(value, ref.split("."));
}

/** The same for names that are already apart. */
export function follow(value: unknown, names: readonly string[]): unknown {
  let at: unknown = value;
  for (const name of names) {
    if (at === null || typeof at !== "object" || !Object.hasOwn(at, name)) return undefined;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || Number.isNaN(value);
}

function isAlike(value: unknown, limit: unknown): boolean {
  return typeof value === typeof limit && !isMissing(limit);
}

const ORDER: Record<string, (a: number, b: number) => boolean> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
};

function compare(op: Operator, value: unknown, limit: unknown): Truth {
  if (op === "exists") return isMissing(value) !== limit;
  if (isMissing(value)) return null;
  if (op === "in") {
    return Array.isArray(limit) && limit.some((each) => isAlike(value, each)) ? limit.includes(value) : null;
  }
  if (op === "contains" && Array.isArray(value)) return value.includes(limit);
  if (!isAlike(value, limit)) return null;
  if (op === "eq") return value === limit;
  if (op === "ne") return value !== limit;
  const order = ORDER[op];
  if (order) return typeof value === "number" && typeof limit === "number" ? order(value, limit) : null;
  if (typeof value !== "string" || typeof limit !== "string") return null;
  return op === "matches" ? new RegExp(limit).test(value) : value.includes(limit);
}

function every(truths: Iterable<Truth>): Truth {
  let all: Truth = true;
  for (const truth of truths) {
    if (truth === false) return false;
    if (truth === null) all = null;
  }
  return all;
}

function negate(truth: Truth): Truth {
  return truth === null ? null : !truth;
}

/** Judges a condition over a JSON value. A missing value, NaN or a wrong type is "cannot tell", never no. */
export function judge(condition: Condition, value: unknown): Truth {
  if ("all" in condition) return every(condition.all.map((part) => judge(part, value)));
  if ("any" in condition) return negate(every(condition.any.map((part) => negate(judge(part, value)))));
  if ("not" in condition) return negate(judge(condition.not, value));
  const subject = condition.ref === undefined ? value : lookUp(value, condition.ref);
  const comparisons = OPERATORS.filter((op) => condition[op] !== undefined);
  if (comparisons.length === 0) return null;
  return every(comparisons.map((op) => compare(op, subject, condition[op])));
}
