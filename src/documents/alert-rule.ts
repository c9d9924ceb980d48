import * as v from "valibot";
import type { AlertRule } from "../domain/alert-rule.ts";
import { condition, conditionOf } from "./condition.ts";
import { shape } from "./shape.ts";
import { duration, metadata, msOf, optional, text } from "./vocabulary.ts";

/** A condition over measures as a user writes it down. */
export const alertRuleSchema = shape({
  apiVersion: v.literal("cbctl.dev/v1"),
  kind: v.literal("AlertRule"),
  metadata,
  spec: shape({
    names: optional(v.array(text)),
    severity: v.picklist(["critical", "warning", "info"]),
    respondWithin: optional(duration),
    per: v.picklist(["breaker", "group", "context"]),
    condition,
    for: optional(duration),
    runbook: optional(text),
  }),
});

/** What a written AlertRule means. Durations become milliseconds, percentages ratios. */
export function alertRuleOf({ metadata: about, spec }: v.InferOutput<typeof alertRuleSchema>): AlertRule {
  return {
    name: about.name,
    title: about.title ?? about.name,
    names: spec.names ?? [],
    severity: spec.severity,
    respondWithinMs: spec.respondWithin === undefined ? null : msOf(spec.respondWithin),
    per: spec.per,
    condition: conditionOf(spec.condition),
    forMs: spec.for === undefined ? null : msOf(spec.for),
    runbook: spec.runbook ?? null,
  };
}
