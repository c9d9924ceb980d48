import { describe, expect, test } from "vitest";
import { fillCall } from "../../src/dialect/calls.ts";

const HOLES = { group: "pay/ments", key: "a b" };

describe("fillCall", () => {
  test.each([
    [
      "each hole is encoded for its place",
      { http: "POST /x/${group}/${key}?k=${key}" },
      "/x/pay%2Fments/a%20b?k=a%20b",
    ],
    ["a whole URL stays one", { http: "POST https://other:1/${key}" }, "https://other:1/a%20b"],
    ["a path without holes", { http: "POST /reset" }, "/reset"],
  ])("%s", (_, call, path) => {
    expect(fillCall(call, HOLES)).toEqual({ kind: "http", method: "POST", path, headers: {}, body: null });
  });

  test.each([
    ["no body, no settings", undefined, null, null],
    ["settings where the call names no body", undefined, { t: 7 }, '{"t":7}'],
    ["a body of its own", { do: "reset", id: "${key}" }, null, '{"do":"reset","id":"a b"}'],
    ["a body that says where the settings go", { limits: "${settings}" }, { t: 7 }, '{"limits":{"t":7}}'],
    ["a body that does not want them", { do: "it" }, { t: 7 }, '{"do":"it"}'],
    ["false is a body", false, null, "false"],
  ])("%s", (_, body, settings, sent) => {
    const call = { http: "PUT /x", ...(body !== undefined && { body }) };
    expect(fillCall(call, HOLES, settings).body).toBe(sent);
  });

  test("headers are filled as text", () => {
    expect(fillCall({ http: "PUT /x", headers: { "X-Key": "<${key}>" } }, HOLES).headers).toEqual({
      "X-Key": "<a b>",
    });
  });

  test.each(["reset", "FETCH /x", "POST", "post /x"])("%s is no call", (http) => {
    expect(() => fillCall({ http }, HOLES)).toThrow(`"${http}" is not METHOD /path`);
  });

  test("settings without a patch are an unknown hole", () => {
    expect(() => fillCall({ http: "PUT /x", body: "${settings}" }, HOLES)).toThrow(
      /nothing is known for \$\{settings\}/,
    );
  });

  test.each(["", ".", ".."])("a key %o never leaves its place in the path", (key) => {
    expect(() => fillCall({ http: "POST /x/${key}" }, { key })).toThrow(/cannot stand in a URL path/);
  });
});
