import type { AlertRule } from "../domain/alert-rule.ts";
import type { Verdict } from "../domain/answers.ts";
import { type Breaker, breakerName } from "../domain/breaker.ts";
import { EXIT, type ExitCode, worstExitCode } from "../domain/errors.ts";
import type { Fleet } from "../domain/fleet.ts";
import { judgeBreaker, judgeBreakers, measuresOf, measuresOfBreaker } from "../domain/measure.ts";
import { type Condition, lookUp } from "../domain/vocabulary/condition.ts";

/** Judges alert rules over what was read now, without their `for`. No breakers is no data: cannot tell. */
export function judgeRules(
  rules: readonly AlertRule[],
  fleet: Fleet,
  breakers: readonly Breaker[],
  context: string,
): Verdict[] {
  return rules.flatMap((rule) => {
    const subjects = subjectsOf(rule, breakers, context);
    if (subjects.length > 0) return subjects.map(([subject, about]) => verdictOf(rule, subject, about));
    const because = fleet.breakers.length === 0 ? "no breakers are registered" : "no breaker was selected";
    return [{ rule: rule.name, severity: rule.severity, subject: context, firing: null, because }];
  });
}

function subjectsOf(
  rule: AlertRule,
  breakers: readonly Breaker[],
  context: string,
): (readonly [string, readonly Breaker[]])[] {
  if (breakers.length === 0) return [];
  if (rule.per === "context") return [[context, breakers]];
  if (rule.per === "breaker") return breakers.map((breaker) => [breakerName(breaker), [breaker]]);
  const groups = [...new Set(breakers.map(({ group }) => group))];
  return groups.map((group) => [group ?? context, breakers.filter((breaker) => breaker.group === group)]);
}

function verdictOf(rule: AlertRule, subject: string, about: readonly Breaker[]): Verdict {
  const [only] = about;
  const alone = rule.per === "breaker" && only !== undefined;
  const measures: Readonly<Record<string, unknown>> = alone
    ? { ...measuresOfBreaker(only) }
    : measuresOf(about);
  return {
    rule: rule.name,
    severity: rule.severity,
    subject,
    firing: alone ? judgeBreaker(rule.condition, only) : judgeBreakers(rule.condition, about),
    because: refsOf(rule.condition)
      .map((ref) => `${ref} ${showMeasure(lookUp(measures, ref))}`)
      .join(", "),
  };
}

function refsOf(condition: Condition): string[] {
  if ("all" in condition) return [...new Set(condition.all.flatMap(refsOf))];
  if ("any" in condition) return [...new Set(condition.any.flatMap(refsOf))];
  if ("not" in condition) return refsOf(condition.not);
  return condition.ref === undefined ? [] : [condition.ref];
}

function showMeasure(value: unknown): string {
  if (value === null || value === undefined) return "cannot be told";
  return typeof value === "number" && !Number.isInteger(value) ? value.toFixed(2) : String(value);
}

/** 3 when a rule fires; 9 when none does and one cannot be told. */
export function exitCodeOfVerdicts(verdicts: readonly Verdict[]): ExitCode {
  return worstExitCode(
    verdicts.map(({ firing }) => (firing === true ? EXIT.bad : firing === null ? EXIT.cannotTell : EXIT.ok)),
  );
}
