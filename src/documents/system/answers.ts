import * as v from "valibot";
import { type AnswerRule, MEANINGS } from "../../domain/system.ts";
import { condition, conditionOf } from "../condition.ts";
import { asList, oneOrMany, shape } from "../shape.ts";
import { optional, text } from "../vocabulary.ts";

const OUTSIDE = "must be an HTTP status, 100 to 599";

export const status = v.pipe(
  v.number(),
  v.integer(OUTSIDE),
  v.minValue(100, OUTSIDE),
  v.maxValue(599, OUTSIDE),
);

export const answers = v.array(
  shape({
    call: optional(v.picklist(["read", "change"])),
    status: optional(oneOrMany(status)),
    when: optional(condition),
    means: v.picklist(MEANINGS),
    message: optional(text),
    hint: optional(text),
  }),
);

export function answerRulesOf(written: v.InferOutput<typeof answers>): AnswerRule[] {
  return written.map(({ status: statuses, when, ...rest }) => ({
    ...rest,
    status: statuses === undefined ? undefined : asList(statuses),
    when: when && conditionOf(when),
  }));
}
