import { describe, expect, test } from "vitest";
import { loadYaml } from "../../src/documents/load.ts";
import { CbctlError } from "../../src/domain/errors.ts";

function failureOf(text: string): CbctlError {
  try {
    loadYaml(text, "f.yaml");
  } catch (error) {
    if (error instanceof CbctlError) return error;
    throw error;
  }
  throw new Error("it was loaded");
}

const laughs = [
  "a: &a [x, x, x, x, x, x, x, x, x, x]",
  ..."bcdefghi".split("").map((name, index) => {
    const before = `*${"abcdefgh"[index]}`;
    return `${name}: &${name} [${Array(10).fill(before).join(", ")}]`;
  }),
].join("\n");

describe("loadYaml", () => {
  test.each([
    ["a map", "a: 1\nb: [x, y]\n", { a: 1, b: ["x", "y"] }],
    ["YAML 1.2, where off and yes are words", "a: off\nb: yes\nc: 0o17\n", { a: "off", b: "yes", c: 15 }],
    [
      "names that look like numbers or nothing",
      "1: a\nnull: b\ntrue: c\n",
      { "1": "a", null: "b", true: "c" },
    ],
    ["dates, which stay text", "a: 2026-11-21\n", { a: "2026-11-21" }],
    ["an alias", "a: &x {k: v}\nb: *x\n", { a: { k: "v" }, b: { k: "v" } }],
    ["Windows line ends and a byte order mark", "\ufeffa: 1\r\nb: 2\r\n", { a: 1, b: 2 }],
    ["text of several lines", "a: |\n  one\n  \ttwo\n", { a: "one\n\ttwo\n" }],
    ["YAML 1.2 also where the text asks for 1.1", "%YAML 1.1\n---\na: yes\nb: 010\n", { a: "yes", b: 10 }],
    ["an empty text", "", null],
  ])("reads %s", (_, text, value) => {
    expect(loadYaml(text, "f.yaml").value).toEqual(value);
  });

  test.each([
    ["duplicate keys", "a: 1\nb:\n  c: 1\n  c: 2\n", "f.yaml:4:3", 'the name "c" is there twice'],
    ["two documents", "a: 1\n---\nb: 2\n", "f.yaml:2:1", "it holds more than one document"],
    ["a tab as indentation", "a:\n\tb: 1\n", "f.yaml:2:1", "tabs are not allowed as indentation"],
    [
      "an open bracket",
      "a: [1, 2\nb: 3\n",
      "f.yaml:2:1",
      "flow sequence in block collection must be sufficiently indented",
    ],
    [
      "an unquoted colon",
      "a: name: x\n",
      "f.yaml:1:4",
      "nested mappings are not allowed in compact mappings",
    ],
    [
      "an unknown tag",
      "a: !!js/function 'x'\n",
      "f.yaml:1:4",
      "unresolved tag: tag:yaml.org,2002:js/function",
    ],
    ["an unknown alias", "a: *nobody\n", "f.yaml:1:4", "*nobody names nothing above it"],
    ["a list as a name", "a: 1\n? [x]\n: 2\n", "f.yaml:2:3", "with stringKeys, all keys must be strings"],
    ["a value that contains itself", "a: &a\n  b: *a\n", "f.yaml:2:6", "*a contains itself"],
    ["a name that is no data", "a:\n  __proto__: {x: 1}\n", "f.yaml:2:3", '"__proto__" cannot be a name'],
    ["the name constructor", "constructor: 1\n", "f.yaml:1:1", '"constructor" cannot be a name'],
    ["an escape sequence of terminals", 'a: "\\e[2Jx"\n', "f.yaml:1:4", "it holds an invisible character"],
    ["text turned around", "a: 1\nb: x\u202ey\n", "f.yaml:2:4", "it holds an invisible character"],
    ["a name with a zero-width space", "a\u200bb: 1\n", "f.yaml:1:1", "it holds an invisible character"],
    ["the billion laughs", laughs, "f.yaml:1:1", "its aliases repeat too much"],
    [
      "hundreds of aliases",
      `a: &a 1\nb:\n${"  - *a\n".repeat(5_000)}`,
      "f.yaml:203:5",
      "there are more than 200 aliases",
    ],
    ["more than 1 MiB", `a: "${"x".repeat(1024 * 1024)}"`, "f.yaml:1:1", "it is larger than 1 MiB"],
    [
      "lists nested 150 deep",
      `a: ${"[".repeat(150)}${"]".repeat(150)}`,
      "f.yaml:1:102",
      "it is nested too deeply",
    ],
    ["lists nested 100,000 deep", "[".repeat(100_000), "f.yaml:1:1", "it is nested too deeply"],
    [
      "maps nested deep and closed",
      `${"{a: ".repeat(20_000)}1${"}".repeat(20_000)}`,
      "f.yaml:1:1",
      "it is nested too deeply",
    ],
  ])("refuses %s", (_, text, where, message) => {
    const failure = failureOf(text);
    expect(failure).toMatchObject({ code: "invalid-document", where });
    expect(failure.message).toContain(`f.yaml cannot be read: ${message}`);
  });

  test("an error quotes the text harmlessly", () => {
    expect(failureOf("a: !\u001b[31mred x\n").message).not.toContain("\u001b");
  });

  test("a map of 50,000 names is read in linear time", () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `name-${index}: 1`).join("\n");
    expect(Object.keys(loadYaml(names, "f.yaml").value as object)).toHaveLength(50_000);
  });

  test("says what to do about the usual mistakes", () => {
    expect(failureOf("a: 1\na: 2").hint).toBe("keep one of the two");
    expect(failureOf("a:\n\tb: 1").hint).toBe("indent with spaces");
    expect(failureOf("a: 1\n---\nb: 1").hint).toBe("keep one document in a file");
    expect(failureOf("a: b: c").hint).toBe('quote a text that holds ": "');
  });
});

describe("locate", () => {
  const { locate } = loadYaml(
    ["top: &t", "  list:", "    - name: one", "    - {name: two, size: 3}", "again: *t", "1: x"].join("\n"),
    "f.yaml",
  );

  test.each([
    [["top", "list", 0, "name"], "value", { line: 3, column: 13 }],
    [["top", "list", 0, "name"], "key", { line: 3, column: 7 }],
    [["top", "list", 1, "size"], "value", { line: 4, column: 25 }],
    [["top", "list"], "key", { line: 2, column: 3 }],
    [["again", "list", 1, "name"], "value", { line: 4, column: 14 }],
    [["1"], "value", { line: 6, column: 4 }],
    [["top", "absent", "deeper"], "value", { line: 1, column: 1 }],
    [["top", "list", 0, "name", "deeper"], "value", { line: 3, column: 13 }],
    [["absent"], "value", { line: 1, column: 1 }],
    [[], "value", { line: 1, column: 1 }],
  ] as const)("finds %j (%s)", (path, part, place) => {
    expect(locate(path, part)).toEqual(place);
  });
});
