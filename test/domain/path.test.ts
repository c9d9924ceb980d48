import { describe, expect, test } from "vitest";
import { compilePath } from "../../src/domain/path.ts";

test.each([
  ["@", { a: 1 }, { a: 1 }],
  ["a", { a: 1 }, 1],
  ["a.b", { a: { b: null } }, null],
  ["a.b", { a: 5 }, undefined],
  ["a", "text", undefined],
  ["constructor", {}, undefined],
  ["a[0]", { a: [7, 8] }, 7],
  ["a[].b", { a: [{ b: 1 }, { b: 2 }] }, [1, 2]],
  ["x || y", { y: 3 }, 3],
  ["mode == 'auto' && status || mode", { mode: "auto", status: "OPEN" }, "OPEN"],
  ["mode == 'auto' && status || mode", { mode: "off", status: "OPEN" }, "off"],
  [
    "let $s = service in breakers[].merge(@, {service: $s})",
    { service: "pay", breakers: [{ id: 1 }] },
    [{ id: 1, service: "pay" }],
  ],
])("%s of %o", (path, value, found) => {
  expect(compilePath(path)(value)).toEqual(found);
});

describe("what cannot be applied is not there", () => {
  test.each([
    ["length(@)", 5],
    ["sum(a)", { a: ["x"] }],

    ["keys(@)", [1]],
  ])("%s of %o", (path, value) => {
    expect(compilePath(path)(value)).toBeUndefined();
  });
});

test.each(["a[", "a b", "", "nope(@"])("%o is no path", (path) => {
  expect(() => compilePath(path)).toThrow(
    expect.objectContaining({ code: "invalid-document", message: `"${path}" is not a JMESPath` }),
  );
});

test("a plain path, fast as it is, finds what the full language finds", () => {
  const values = [
    null,
    1,
    "a",
    [],
    [1],
    {},
    { a: 1 },
    { a: { b: 2 } },
    { a: [{ b: 3 }] },
    { a: { b: { c: 4 } } },
  ];
  for (const path of ["a", "a.b", "a.b.c"]) {
    for (const value of values) {
      expect(compilePath(path)(value) ?? null).toEqual(compilePath(`(${path})`)(value) ?? null);
    }
  }
});
