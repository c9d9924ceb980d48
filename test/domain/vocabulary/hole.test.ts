import { describe, expect, test } from "vitest";
import { asText, asUrlSegment, fillHoles, fillJson, holesOf } from "../../../src/domain/vocabulary/hole.ts";

describe("holesOf", () => {
  test.each([
    ["/a/b", []],
    ["/${key}/reset", ["key"]],
    ["/${group}/${key}", ["group", "key"]],
    ["/${key}${key}", ["key", "key"]],
    ["$key ${} ${1a} ${a b}", []],
    ["${a.b-c}", ["a.b-c"]],
  ])("%s has %o", (text, names) => {
    expect(holesOf(text)).toEqual(names);
  });
});

describe("fillHoles", () => {
  test("fills each hole once, and what was filled in is not read again", () => {
    expect(fillHoles("${a}-${b}", { a: "${b}", b: 2 }, asText)).toBe("${b}-2");
  });

  test("dollars in a value stand for themselves", () => {
    expect(fillHoles("<${a}>", { a: "$& $1 $$" }, asText)).toBe("<$& $1 $$>");
  });

  test.each(["missing", "constructor", "toString"])("nothing is known for ${%s}", (name) => {
    expect(() => fillHoles(`/\${${name}}`, { key: "k" }, asText)).toThrow(
      expect.objectContaining({
        code: "invalid-document",
        message: `nothing is known for \${${name}} in "/\${${name}}"`,
        hint: "known here: key",
      }),
    );
  });
});

describe("asUrlSegment", () => {
  test.each([
    ["deepseek-1", "deepseek-1"],
    ["a/b", "a%2Fb"],
    ["../etc", "..%2Fetc"],
    ["a b?c#d", "a%20b%3Fc%23d"],
    ["größe", "gr%C3%B6%C3%9Fe"],
    ["%2e%2e", "%252e%252e"],
    [7, "7"],
  ])("%s stands as %s", (value, segment) => {
    expect(asUrlSegment(value, "key")).toBe(segment);
    expect(decodeURIComponent(segment)).toBe(String(value));
  });

  test.each(["", ".", ".."])("%o cannot stand in a path", (value) => {
    expect(() => asUrlSegment(value, "key")).toThrow(`key "${value}" cannot stand in a URL path`);
  });

  test("stays one segment of its path, whatever is in it", () => {
    for (let code = 1; code < 0xd800; code += 97) {
      const text = `x${String.fromCharCode(code)}`;
      const { pathname } = new URL(`http://host/a/${asUrlSegment(text, "key")}/b`);
      expect(pathname.split("/")).toHaveLength(4);
    }
  });
});

describe("fillJson", () => {
  const holes = { key: "k1", count: 3, settings: { failures: 7 } };

  test.each([
    ["a hole alone becomes the value, whatever its shape", "${settings}", { failures: 7 }],
    ["a number stays a number", "${count}", 3],
    ["inside a text it is text", "n=${count}", "n=3"],
    [
      "lists and maps are filled within",
      { a: ["${key}", 1, null], b: true },
      { a: ["k1", 1, null], b: true },
    ],
    ["nothing to fill", null, null],
  ])("%s", (_, value, filled) => {
    expect(fillJson(value, holes)).toEqual(filled);
  });

  test("an unknown hole is an invalid document", () => {
    expect(() => fillJson({ a: "${nope}" }, holes)).toThrow(/nothing is known for \$\{nope\}/);
  });
});
