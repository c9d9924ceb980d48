import type { ChangeFacts } from "../../domain/change-result.ts";
import type { ThresholdValues } from "../../domain/threshold.ts";
import { stateText } from "./states.ts";
import { thresholdName, thresholdText } from "./threshold-text.ts";

type Facts = Partial<ChangeFacts> | null;

const NOT_SHOWN = "(not shown by this system)";

/** What a change makes of a breaker: `✖ open → ● closed`, `failureThreshold 5 → 7`. Empty when nothing was told. */
export function changedText(before: Facts, after: Facts): string {
  return [
    ...stateDifference(before, after),
    ...thresholdDifferences(before?.thresholds, after?.thresholds),
  ].join(", ");
}

/** Facts and the words about them in one cell, so that a long message does not push other rows apart. */
export function withMessage(facts: string, message: string | null): string {
  return [facts, message].filter(Boolean).join(" · ");
}

function stateDifference(before: Facts, after: Facts): string[] {
  const from = before?.state;
  const to = after?.state;
  if (from !== undefined && to !== undefined && from !== to) return [`${stateText(from)} → ${stateText(to)}`];
  const isAboutThresholds = Object.keys({ ...before?.thresholds, ...after?.thresholds }).length > 0;
  const only = to ?? from;
  return only === undefined || isAboutThresholds ? [] : [stateText(only)];
}

function thresholdDifferences(before: ThresholdValues = {}, after: ThresholdValues = {}): string[] {
  return Object.keys({ ...before, ...after }).map((name) => {
    const from = before[name] ?? null;
    const to = after[name] ?? null;
    if (from === null && to === null) return `${thresholdName(name)} ${NOT_SHOWN}`;
    if (from === to || !Object.hasOwn(after, name))
      return `${thresholdName(name)} ${thresholdText(name, from)}`;
    const [left, right] = [from, to].map((value) =>
      value === null ? NOT_SHOWN : thresholdText(name, value),
    );
    return `${thresholdName(name)} ${left} → ${right}`;
  });
}
