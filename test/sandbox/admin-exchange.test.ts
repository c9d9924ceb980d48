import { expect, it } from "vitest";
import { isRecord, jsonReply, parseJson, segmentsOf } from "../../src/sandbox/admin-exchange.ts";

it.each([
  { path: "/", segments: [""] },
  { path: "/a/b", segments: ["a", "b"] },
  { path: "/a%2Fb/c%20d", segments: ["a/b", "c d"] },
  { path: "/a//b/", segments: ["a", "", "b", ""] },
  { path: "/100%", segments: null },
])("$path has the segments $segments", ({ path, segments }) => {
  expect(segmentsOf(path)).toEqual(segments);
});

it.each([
  { text: '{"a": 1}', value: { a: 1 }, record: true },
  { text: "[1]", value: [1], record: false },
  { text: "null", value: null, record: false },
  { text: '"a"', value: "a", record: false },
  { text: "", value: undefined, record: false },
  { text: "{", value: undefined, record: false },
])("'$text' is $value, a record: $record", ({ text, value, record }) => {
  expect(parseJson(text)).toEqual(value);
  expect(isRecord(parseJson(text))).toBe(record);
});

it("replies with JSON and further headers", () => {
  expect(jsonReply(405, { a: null }, { allow: "GET" })).toEqual({
    status: 405,
    headers: { "content-type": "application/json", allow: "GET" },
    body: '{"a":null}',
  });
});
