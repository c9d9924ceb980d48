import * as v from "valibot";
import type { Input, System } from "../domain/system.ts";
import { asList, byForm, mapOf, oneOrMany, shape } from "./shape.ts";
import { answerRulesOf, answers, status } from "./system/answers.ts";
import { changes, changesOf } from "./system/change.ts";
import { metrics, metricsOf } from "./system/metrics.ts";
import { read, readOf } from "./system/read.ts";
import { thresholds, thresholdsOf } from "./system/thresholds.ts";
import { call, callOf, duration, metadata, msOf, optional, requestLine, scalar, text } from "./vocabulary.ts";

const input = byForm({
  text: scalar,
  map: shape({ default: optional(scalar), description: optional(text) }),
});

const check = byForm({
  text: requestLine,
  map: shape({ call, accept: optional(oneOrMany(status)) }),
});

const health = shape({
  call,
  accept: optional(oneOrMany(status)),
  ready: text,
  degraded: optional(text),
});

const instead = shape({
  reset: optional(text),
  trip: optional(text),
  release: optional(text),
  enable: optional(text),
  disable: optional(text),
  patch: optional(text),
});

/** A breaker platform as a user writes it down. */
export const systemSchema = shape({
  apiVersion: v.literal("cbctl.dev/v1"),
  kind: v.literal("System"),
  metadata,
  spec: shape({
    inputs: optional(mapOf(input)),
    read: optional(read),
    thresholds: optional(thresholds),
    change: optional(changes),
    answers: optional(answers),
    metrics: optional(metrics),
    checks: optional(mapOf(check)),
    health: optional(health),
    pace: optional(shape({ calls: v.pipe(v.number(), v.minValue(1, "must be at least 1")), per: duration })),
    instead: optional(instead),
  }),
});

/** What a written System document means. Durations become milliseconds, short forms long ones. */
export function systemOf({ metadata: about, spec }: v.InferOutput<typeof systemSchema>): System {
  return {
    name: about.name,
    title: about.title ?? about.name,
    description: about.description?.trim() ?? null,
    inputs: mapValues(spec.inputs ?? {}, inputOf),
    read: spec.read ? readOf(spec.read) : null,
    thresholds: thresholdsOf(spec.thresholds ?? {}),
    change: changesOf(spec.change ?? {}),
    answers: answerRulesOf(spec.answers ?? []),
    metrics: spec.metrics ? metricsOf(spec.metrics) : null,
    checks: mapValues(spec.checks ?? {}, checkOf),
    health: spec.health ? healthOf(spec.health) : null,
    pace: spec.pace ? { calls: spec.pace.calls, perMs: msOf(spec.pace.per) } : null,
    instead: spec.instead ?? {},
  };
}

function mapValues<A, B>(values: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

function inputOf(written: v.InferOutput<typeof input>): Input {
  return typeof written === "object" ? written : { default: written };
}

function healthOf({
  call: how,
  accept,
  ...paths
}: v.InferOutput<typeof health>): NonNullable<System["health"]> {
  return { ...paths, call: callOf(how), accept: accept === undefined ? undefined : asList(accept) };
}

function checkOf(written: v.InferOutput<typeof check>): System["checks"][string] {
  if (typeof written === "string") return { call: callOf(written) };
  return {
    call: callOf(written.call),
    accept: written.accept === undefined ? undefined : asList(written.accept),
  };
}
