import { describe, expect, test } from "vitest";
import { compileDocument } from "../../src/documents/compile.ts";
import { lintDocument, parseDocument, parseDocumentOf } from "../../src/documents/document.ts";

const RULE = `apiVersion: cbctl.dev/v1
kind: AlertRule
metadata: {name: busy, title: Much is open}
spec:
  names: [Busy]
  severity: critical
  respondWithin: 5m
  per: group
  condition: {all: [{ref: total, gte: 2}, {not: {ref: openShare, lt: 50%}}]}
  for: 2m
  runbook: busy
`;

describe("an AlertRule", () => {
  test("durations are milliseconds and percentages ratios", () => {
    expect(parseDocument(RULE, "r.yaml")).toEqual({
      kind: "AlertRule",
      value: {
        name: "busy",
        title: "Much is open",
        names: ["Busy"],
        severity: "critical",
        respondWithinMs: 300_000,
        per: "group",
        condition: { all: [{ ref: "total", gte: 2 }, { not: { ref: "openShare", lt: 0.5 } }] },
        forMs: 120_000,
        runbook: "busy",
      },
    });
  });

  test("what it need not say", () => {
    const short = RULE.replace(/ {2}(names|respondWithin|for|runbook):.*\n/g, "").replace(
      ", title: Much is open",
      "",
    );
    expect(parseDocumentOf("AlertRule", short, "r.yaml")).toMatchObject({
      title: "busy",
      names: [],
      respondWithinMs: null,
      forMs: null,
      runbook: null,
    });
  });

  test.each([
    ["severity: critical", "severity: fatal", "6:13", "must be one of critical, warning, info"],
    ["respondWithin: 5m", "respondWithin: 5", "7:18", "must be a duration"],
    ["respondWithin: 5m", "respondWithin: 0.5ms", "7:18", "must be a whole number of milliseconds"],
    ["per: group", "per: gruop", "8:8", "must be one of breaker, group, context"],
    ["for: 2m", "fro: 2m", "10:3", 'unknown key "fro"'],
  ])("%s → %s", (right, wrong, place, message) => {
    const [problem] = lintDocument(RULE.replace(right, wrong), "r.yaml");
    expect(`${problem?.line}:${problem?.column}`).toBe(place);
    expect(problem?.message).toContain(message);
  });
});

describe("dispatch", () => {
  test.each([
    ["nothing", "", "1:1", "it is not a document of cbctl"],
    ["a list", "- a\n", "1:1", "it is not a document of cbctl"],
    ["no version", "kind: System\n", "1:1", "apiVersion must be cbctl.dev/v1"],
    [
      "another version",
      "kind: System\napiVersion: cbctl.dev/v2\n",
      "2:13",
      "apiVersion must be cbctl.dev/v1",
    ],
    [
      "an unknown kind",
      "apiVersion: cbctl.dev/v1\nkind: Sytem\n",
      "2:7",
      "kind must be one of System, AlertRule, Config",
    ],
    [
      "a kind that every object has",
      "apiVersion: cbctl.dev/v1\nkind: toString\n",
      "2:7",
      "kind must be one of System, AlertRule, Config",
    ],
  ])("%s", (_, text, place, message) => {
    const problems = lintDocument(text, "d.yaml");
    expect(problems.map(({ line, column }) => `${line}:${column}`)).toEqual([place]);
    expect(problems[0]?.message).toBe(message);
  });

  test("a broken text is one problem, with its place", () => {
    expect(lintDocument("a: 1\na: 2\n", "C:\\d.yaml")).toEqual([
      {
        file: "C:\\d.yaml",
        line: 2,
        column: 1,
        field: "",
        severity: "error",
        message: 'C:\\d.yaml cannot be read: the name "a" is there twice',
        hint: "keep one of the two",
      },
    ]);
  });
});

describe("parseDocument", () => {
  test("names the first error with its place and a hint, and counts the others", () => {
    const wrong = RULE.replace("severity: critical", "severity: critcal").replace(
      "per: group",
      "per: x\n  a: 1",
    );
    expect(() => parseDocument(wrong, "r.yaml")).toThrowError(
      expect.objectContaining({
        code: "invalid-document",
        message: 'r.yaml: spec.severity: must be one of critical, warning, info, not "critcal"',
        where: "r.yaml:6:13",
        hint: "did you mean critical?",
        reason: "and 2 more errors",
      }),
    );
  });

  test("refuses what lint calls an error", () => {
    expect(() => parseDocument(RULE.replace("ref: total", "ref: totl"), "r.yaml")).toThrowError(
      expect.objectContaining({ where: "r.yaml:9:27", hint: "did you mean total?", reason: null }),
    );
  });

  test("refuses another kind than the one that was asked for", () => {
    expect(() => parseDocumentOf("System", RULE, "r.yaml")).toThrowError(
      expect.objectContaining({ message: "r.yaml holds a AlertRule, not a System", where: "r.yaml:1:1" }),
    );
  });
});

test("compileDocument yields what JSON can hold, without holes", () => {
  const compiled = compileDocument(RULE, "r.yaml");
  expect(JSON.parse(JSON.stringify(compiled))).toStrictEqual(compiled);
  expect(compiled).toEqual(parseDocument(RULE, "r.yaml"));
});
