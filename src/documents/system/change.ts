import * as v from "valibot";
import type { Change, Changes } from "../../domain/system.ts";
import { HOLDS } from "../../domain/vocabulary/change.ts";
import { byForm, mapOf, oneOf, shape } from "../shape.ts";
import { call, callOf, httpEntries, optional, requestLine, text, type WrittenCall } from "../vocabulary.ts";

const about = { holds: optional(v.picklist(HOLDS)), note: optional(text) };
const calls = v.pipe(v.array(call), v.minLength(1, "must hold at least one call"));

/** How a verb is carried out for one reach: a call, calls in order, or either with what else there is to know. */
const way = byForm({
  text: requestLine,
  list: calls,
  map: oneOf({
    http: shape({ ...httpEntries, ...about }),
    call: shape({ call, body: optional(v.unknown()), ...about }),
    calls: shape({ calls, ...about }),
  }),
});

const byReach = mapOf(way);

export const changes = shape({
  reset: optional(byReach),
  trip: optional(byReach),
  release: optional(byReach),
  enable: optional(byReach),
  disable: optional(byReach),
  patch: optional(byReach),
});

type WrittenWay = v.InferOutput<typeof way>;

export function changesOf(written: v.InferOutput<typeof changes>): Changes {
  const verbs = Object.entries(written).map(([verb, reaches]) => [
    verb,
    Object.fromEntries(Object.entries(reaches).map(([reach, how]) => [reach, changeOf(how)])),
  ]);
  return Object.fromEntries(verbs) as Changes;
}

function changeOf(written: WrittenWay): Change {
  if (typeof written === "string") return { calls: [callOf(written)] };
  if (Array.isArray(written)) return { calls: written.map(callOf) };
  const { holds, note, ...how } = written as Exclude<WrittenWay, string | WrittenCall[]>;
  return { calls: callsOf(how), holds, note };
}

type How =
  | Exclude<WrittenCall, string>
  | { readonly call: WrittenCall; readonly body?: unknown }
  | { readonly calls: readonly WrittenCall[] };

function callsOf(how: How): Change["calls"] {
  if ("calls" in how) return how.calls.map(callOf);
  if ("http" in how) return [how];
  return ["body" in how ? { ...callOf(how.call), body: how.body } : callOf(how.call)];
}
