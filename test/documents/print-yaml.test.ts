import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { printYaml } from "../../src/documents/print-yaml.ts";

describe("printYaml", () => {
  const breaker = { key: "a", group: null, counts: { failures: 3 } };

  test.each([
    ["a list of breakers", { kind: "BreakerList", breakers: [breaker], errors: [] }],
    [
      "texts that look like other things",
      ["off", "yes", "1", "null", "", " x", "a: b", "# c", "2026-11-21", "~"],
    ],
    ["text of several lines", { hint: "one\ntwo\n" }],
    ["a long line", { message: "word ".repeat(100) }],
    ["numbers and flags", [0, -1.5, 1e21, true, false, null]],
  ])("%s comes back as it was", (_, value) => {
    expect(parse(printYaml(value))).toEqual(value);
    expect(parse(printYaml(value), { version: "1.1" })).toEqual(value);
  });

  test("a part that occurs twice is written out, never as an alias", () => {
    expect(printYaml({ a: breaker, b: breaker })).not.toMatch(/[&*]/);
  });

  test("a long line is not folded", () => {
    expect(
      printYaml({ message: "word ".repeat(100).trim() })
        .trimEnd()
        .split("\n"),
    ).toHaveLength(1);
  });

  test("what is absent is not printed", () => {
    expect(printYaml({ a: 1, b: undefined })).toBe("a: 1\n");
  });
});
