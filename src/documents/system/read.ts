import * as v from "valibot";
import type { Field, Read } from "../../domain/system.ts";
import { asList, byForm, mapOf, oneOrMany, shape } from "../shape.ts";
import { call, callOf, optional, text } from "../vocabulary.ts";

const word = v.union([v.string(), v.number()], "must be a word or a number");

const field = byForm({
  text,
  map: shape({
    at: optional(text),
    of: optional(v.literal("key")),
    unit: optional(v.picklist(["ratio", "percent", "s", "ms"])),
    unknown: optional(oneOrMany(word)),
    words: optional(mapOf(oneOrMany(word))),
  }),
});

export const read = shape({
  call,
  items: optional(text),
  key: optional(field),
  group: optional(field),
  labels: optional(mapOf(field)),
  state: field,
  since: optional(field),
  retryAt: optional(field),
  lastFailure: optional(field),
  reason: optional(field),
  counts: optional(
    shape({
      failures: optional(field),
      successes: optional(field),
      calls: optional(field),
      rejected: optional(field),
    }),
  ),
  countsScope: optional(v.picklist(["window", "lifetime", "since-transition"])),
});

type WrittenField = v.InferOutput<typeof field>;

export function readOf(written: v.InferOutput<typeof read>): Read {
  const { call: how, items, labels, counts, countsScope, ...fields } = written;
  return {
    call: callOf(how),
    items,
    ...(fieldsOf(fields) as Record<keyof typeof fields, Field>),
    labels: labels && fieldsOf(labels),
    counts: counts && fieldsOf(counts),
    countsScope,
  };
}

function fieldsOf(written: Readonly<Record<string, WrittenField>>): Record<string, Field> {
  return Object.fromEntries(Object.entries(written).map(([name, one]) => [name, fieldOf(one)]));
}

function fieldOf(written: WrittenField): Field {
  if (typeof written === "string") return { at: written };
  const { unknown, words, ...rest } = written;
  return {
    ...rest,
    unknown: unknown === undefined ? undefined : asList(unknown),
    words:
      words && Object.fromEntries(Object.entries(words).map(([meaning, said]) => [meaning, asList(said)])),
  };
}
