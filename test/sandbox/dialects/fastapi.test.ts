import { expect, it } from "vitest";
import { jsonReply } from "../../../src/sandbox/admin-exchange.ts";
import { readCounts, route } from "../../../src/sandbox/dialects/fastapi.ts";
import { adminRequest } from "../admin-request.ts";

it.each([
  { body: '{"n": 3}', values: [["n", 3]] },
  { body: '{"n": 3.0}', values: [["n", 3]] },
  { body: '{"n": " 3 "}', values: [["n", 3]] },
  { body: '{"n": null}', values: [] },
  { body: '{"m": "x"}', values: [] },
])("reads $body", ({ body, values }) => {
  expect(readCounts(body, ["n"])).toEqual({ values: new Map(values as [string, number][]) });
});

it.each([
  { body: "", type: "missing", loc: ["body"] },
  { body: "{", type: "json_invalid", loc: ["body", 0] },
  { body: "[1]", type: "model_attributes_type", loc: ["body"] },
  { body: '"n"', type: "model_attributes_type", loc: ["body"] },
  { body: '{"n": "3s"}', type: "int_parsing", loc: ["body", "n"] },
  { body: '{"n": ""}', type: "int_parsing", loc: ["body", "n"] },
  { body: '{"n": true}', type: "int_type", loc: ["body", "n"] },
  { body: '{"n": [3]}', type: "int_type", loc: ["body", "n"] },
  { body: '{"n": 3.5}', type: "int_from_float", loc: ["body", "n"] },
  { body: '{"n": 0}', type: "greater_than_equal", loc: ["body", "n"] },
  { body: '{"n": -1}', type: "greater_than_equal", loc: ["body", "n"] },
])("refuses $body with $type", ({ body, type, loc }) => {
  expect(readCounts(body, ["n"])).toMatchObject({ errors: [{ type, loc }] });
});

it("names every wrong field, and takes none then", () => {
  const read = readCounts('{"a": "x", "b": 2, "c": 0}', ["a", "b", "c"]);
  expect(read).toMatchObject({ errors: [{ loc: ["body", "a"] }, { loc: ["body", "c"] }] });
});

it.each([
  { method: "GET", path: "/a", status: 200, body: { is: "a" } },
  { method: "GET", path: "/b/x%2Fy", status: 200, body: { is: "b", parameter: "x/y" } },
  { method: "GET", path: "/b/", status: 404, body: { detail: "Not Found" } },
  { method: "GET", path: "/b/%ff", status: 404, body: { detail: "Not Found" } },
  { method: "GET", path: "/a/", status: 404, body: { detail: "Not Found" } },
  { method: "DELETE", path: "/a", status: 405, body: { detail: "Method Not Allowed" } },
])("$method $path answers $status", ({ method, path, status, body }) => {
  const routes = [
    { path: "/a", methods: { GET: () => jsonReply(200, { is: "a" }) } },
    {
      path: "/b/*",
      methods: { GET: (_: unknown, parameter?: string) => jsonReply(200, { is: "b", parameter }) },
    },
  ];
  const reply = route(routes, adminRequest(method, path));
  expect(reply.status).toBe(status);
  expect(JSON.parse(reply.body)).toEqual(body);
});
