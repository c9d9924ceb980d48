import type { AlertRule } from "../../domain/alert-rule.ts";
import { measureNames } from "../../domain/measure.ts";
import { nearNamesHint } from "../../domain/near-names.ts";
import type { Condition } from "../../domain/vocabulary/condition.ts";
import type { Finding } from "../check.ts";
import type { Path } from "../load.ts";
import { error, type Rule } from "./rule.ts";

const ORDERED = ["lt", "lte", "gt", "gte"] as const;

/** A rule asks for measures that exist, and compares them with numbers. */
export const knownMeasures: Rule<AlertRule> = ({ per, condition }) =>
  inspect(condition, ["spec", "condition"], measureNames(per));

function inspect(condition: Condition, path: Path, known: readonly string[]): Finding[] {
  if ("all" in condition)
    return condition.all.flatMap((part, index) => inspect(part, [...path, "all", index], known));
  if ("any" in condition)
    return condition.any.flatMap((part, index) => inspect(part, [...path, "any", index], known));
  if ("not" in condition) return inspect(condition.not, [...path, "not"], known);
  if (condition.ref === undefined)
    return [error(path, "it does not say of what", `add ref: one of ${known.join(", ")}`)];
  const unknown = known.includes(condition.ref)
    ? []
    : [error([...path, "ref"], `"${condition.ref}" is no measure`, nearNamesHint(condition.ref, known))];
  const unordered = ORDERED.filter((op) => condition[op] !== undefined && typeof condition[op] !== "number");
  return [
    ...unknown,
    ...unordered.map((op) => error([...path, op], "must be a number, a percentage or a duration")),
  ];
}
