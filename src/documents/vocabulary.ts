import * as v from "valibot";
import type { Call } from "../domain/vocabulary/call.ts";
import { parseDuration } from "../domain/vocabulary/duration.ts";
import { byForm, mapOf, oneOf, shape } from "./shape.ts";

export const optional = v.exactOptional;

/** A text that says something. */
export const text = v.pipe(v.string(), v.regex(/\S/, "must not be empty"));

export const scalar = v.union(
  [v.string(), v.pipe(v.number(), v.finite()), v.boolean()],
  "must be text, a number, true or false",
);

/** A check whose complaint is made of the value; JSON Schema does not show it. */
export function complain<T>(complaint: (value: T) => string | null): v.RawCheckAction<T> {
  return v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const message = complaint(dataset.value);
    if (message !== null) addIssue({ message });
  });
}

const DURATION = /^(\d+(\.\d+)?(ms|s|m|h|d|w))+$/;
const NO_DURATION = "must be a duration with its unit, such as 90s or 500ms";

/** A duration as it is typed: `90s`, `1m30s`, `500ms`. */
export const duration = v.pipe(
  v.string(NO_DURATION),
  v.regex(DURATION, NO_DURATION),
  complain((typed: string) =>
    DURATION.test(typed) && parseDuration(typed) === null ? "must be a whole number of milliseconds" : null,
  ),
);

/** Milliseconds of a duration that its schema has passed. */
export function msOf(typed: string): number {
  return parseDuration(typed) ?? Number.NaN;
}

const METHOD_AND_PATH = /^(GET|HEAD|POST|PUT|PATCH|DELETE) (\/|https?:\/\/|\$\{)\S*$/;

/** The short form of an HTTP call. */
export const requestLine = v.pipe(
  v.string("must be a call, such as GET /path"),
  v.regex(METHOD_AND_PATH, "must be a call, such as GET /path"),
);

export const httpEntries = {
  http: requestLine,
  body: optional(v.unknown()),
  headers: optional(mapOf(v.string())),
};

/** `METHOD /path`, or an object tagged by the kind of its protocol. */
export const call = byForm({ text: requestLine, map: oneOf({ http: shape(httpEntries) }) });

export type WrittenCall = v.InferOutput<typeof call>;

export function callOf(written: WrittenCall): Call {
  return typeof written === "string" ? { http: written } : written;
}

export const percent = v.pipe(
  v.string(),
  v.regex(/^(100|\d{1,2}(\.\d+)?)%$/, "must be a ratio: 0 to 1, or 0% to 100%"),
);

/** A ratio of 0 to 1, from `0.5` or `50%`. */
export function ratioOf(written: number | string): number {
  if (typeof written === "number") return written;
  return Number((Number(written.slice(0, -1)) / 100).toPrecision(12));
}

/** The names of a document. */
export const metadata = shape({
  name: v.pipe(
    v.string(),
    v.regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "must be lower-case words joined by -"),
  ),
  title: optional(text),
  description: optional(text),
});
