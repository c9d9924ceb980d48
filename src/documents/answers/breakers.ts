import * as v from "valibot";
import { BREAKER_STATES } from "../../domain/breaker.ts";
import { journalEntry } from "./journal.ts";
import {
  answer,
  count,
  errorCode,
  flag,
  maybeText,
  maybeTime,
  number,
  text,
  texts,
  time,
  verb,
} from "./parts.ts";
import { state, thresholdValues } from "./values.ts";

const instanceCounts = {
  total: count,
  closed: count,
  open: count,
  halfOpen: count,
  forcedOpen: count,
  disabled: count,
  metricsOnly: count,
  unknown: count,
};

const summary = v.strictObject({ ...instanceCounts, mixed: count });

const counts = v.strictObject({
  failures: v.nullable(number),
  successes: v.nullable(number),
  calls: v.nullable(number),
  rejected: v.nullable(number),
  scope: v.nullable(v.picklist(["window", "lifetime", "since-transition"])),
});

const reading = {
  key: text,
  group: maybeText,
  state,
  nativeState: maybeText,
  reason: maybeText,
  since: maybeTime,
  retryAt: maybeTime,
  counts,
  thresholds: thresholdValues,
  inForce: v.exactOptional(thresholdValues),
};

const breaker = v.strictObject({ ...reading, instances: v.strictObject(instanceCounts) });
const instanceBreaker = { ...reading, lastFailureAt: maybeTime };

const instanceError = v.strictObject({
  hint: v.optional(text),
  instance: text,
  code: errorCode,
  message: text,
});

const verdict = v.strictObject({
  rule: text,
  severity: v.picklist(["critical", "warning", "info"]),
  subject: text,
  firing: v.nullable(flag),
  because: text,
});

const readOf = {
  context: text,
  system: text,
  observedAt: time,
  summary,
  errors: v.array(instanceError),
  health: v.optional(v.nullable(v.strictObject({ ready: flag, degraded: texts, source: text }))),
  verdicts: v.optional(v.array(verdict)),
};

export const breakerList = answer("BreakerList", { ...readOf, breakers: v.array(breaker) });

export const groupList = answer("GroupList", {
  ...readOf,
  groups: v.array(v.strictObject({ group: maybeText, state: v.picklist(BREAKER_STATES), summary })),
});

export const instanceList = answer("InstanceList", {
  ...readOf,
  instances: v.array(
    v.strictObject({
      instance: text,
      url: text,
      breakers: v.array(v.strictObject(instanceBreaker)),
      error: v.nullable(instanceError),
    }),
  ),
});

export const breakerLists = answer("BreakerLists", {
  items: v.array(breakerList),
  errors: v.array(v.strictObject({ context: text, code: errorCode, message: text })),
});

export const capability = v.strictObject({ verb, reaches: texts, instead: maybeText });

export const breakerDescription = answer("BreakerDescription", {
  context: text,
  system: text,
  observedAt: time,
  breaker,
  instances: v.array(v.strictObject({ ...instanceBreaker, instance: text })),
  next: texts,
  capabilities: v.array(capability),
  actions: v.array(journalEntry),
  errors: v.array(instanceError),
});
