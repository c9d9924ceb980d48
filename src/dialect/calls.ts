import { CbctlError } from "../domain/errors.ts";
import type { Call, FilledCall } from "../domain/vocabulary/call.ts";
import { asText, asUrlSegment, fillHoles, fillJson, type Holes } from "../domain/vocabulary/hole.ts";

const REQUEST_LINE = /^(GET|HEAD|POST|PUT|PATCH|DELETE) (\S.*)$/;

/** The changed settings of a patch, by their native names. */
export type NativeSettings = Readonly<Record<string, unknown>>;

/** Fills the holes of a call, each encoded for the place it stands in. Settings are the body where the call names none. */
export function fillCall(call: Call, holes: Holes, settings: NativeSettings | null = null): FilledCall {
  const [, method = "", path = ""] = REQUEST_LINE.exec(call.http) ?? [];
  if (method === "") {
    throw new CbctlError("invalid-document", `"${call.http}" is not METHOD /path`);
  }
  const body =
    call.body === undefined ? settings : fillJson(call.body, { ...holes, ...(settings && { settings }) });
  const headers = Object.entries(call.headers ?? {}).map(([name, value]) => [
    name,
    fillHoles(value, holes, asText),
  ]);
  return {
    kind: "http",
    method,
    path: fillHoles(path, holes, asUrlSegment),
    headers: Object.fromEntries(headers),
    body: body === null ? null : JSON.stringify(body),
  };
}
