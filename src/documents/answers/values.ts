import * as v from "valibot";
import { BREAKER_STATES } from "../../domain/breaker.ts";
import { OUTCOMES } from "../../domain/change-result.ts";
import { VERBS } from "../../domain/vocabulary/change.ts";
import { flag, maybeText, number, text } from "./parts.ts";

export const state = v.picklist(BREAKER_STATES);

export const thresholdValues = v.record(text, v.nullable(v.union([number, flag])));

export const action = v.picklist([...VERBS, "undo"]);

export const changeFacts = v.strictObject({ state, thresholds: thresholdValues });

export const someFacts = v.strictObject({
  state: v.exactOptional(state),
  thresholds: v.exactOptional(thresholdValues),
});

export const instanceResult = v.strictObject({
  key: text,
  group: maybeText,
  instance: text,
  before: v.nullable(changeFacts),
  after: v.nullable(changeFacts),
  outcome: v.picklist(OUTCOMES),
  message: maybeText,
});
