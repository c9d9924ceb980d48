import { describe, expect, test } from "vitest";
import { errorCode } from "../../src/documents/answers/parts.ts";
import { type AnswerKind, answerSchemas, checkAnswer } from "../../src/documents/answers.ts";
import { CbctlError } from "../../src/domain/errors.ts";
import { examples } from "./answer-examples.ts";
import { agreement } from "./answer-types.ts";

const kinds = Object.keys(answerSchemas) as AnswerKind[];

function changed(kind: AnswerKind, change: (answer: Record<string, unknown>) => void): unknown {
  const answer = JSON.parse(JSON.stringify(examples[kind])) as Record<string, unknown>;
  change(answer);
  return answer;
}

/** Every place of a JSON value where a field stands, as the object that holds it and its name. */
function fieldsOf(value: unknown): [Record<string, unknown>, string][] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (value === null || typeof value !== "object") return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name): [Record<string, unknown>, string][] => [
    [holder, name],
    ...fieldsOf(holder[name]),
  ]);
}

/** Fields that an answer may leave out, and names that are data. */
const MAY_BE_ABSENT = new Set(["verdicts", "requests", "hint"]);
const DATA = new Set(["thresholds", "inputs"]);

describe.each(kinds)("%s", (kind) => {
  test("an example keeps its schema, also after a way through JSON", () => {
    expect(checkAnswer(kind, examples[kind])).toEqual([]);
    expect(checkAnswer(kind, JSON.parse(JSON.stringify(examples[kind])))).toEqual([]);
  });

  test("a field too many is noticed", () => {
    expect(
      checkAnswer(
        kind,
        changed(kind, (answer) => Object.assign(answer, { extra: 1 })),
      ),
    ).toHaveLength(1);
  });

  test("each field that is missing is noticed", () => {
    const count = fieldsOf(examples[kind]).length;
    for (let index = 0; index < count; index += 1) {
      const answer = JSON.parse(JSON.stringify(examples[kind])) as unknown;
      const [holder, name] = fieldsOf(answer)[index] as [Record<string, unknown>, string];
      const isData = [...DATA].some((data) =>
        fieldsOf(answer).some(([owner, own]) => own === data && owner[data] === holder),
      );
      const inPartial = Object.keys(holder).length === 1 && name === "state";
      if (MAY_BE_ABSENT.has(name) || isData || inPartial) continue;
      delete holder[name];
      expect(checkAnswer(kind, answer), `without ${name}`).not.toEqual([]);
    }
  });
});

test("every schema is compared with its type, by the compiler", () => {
  expect(Object.keys(agreement).sort()).toEqual(Object.keys(answerSchemas).sort());
});

describe("checkAnswer", () => {
  test.each<[string, AnswerKind, (answer: Record<string, unknown>) => void, string]>([
    ["another kind", "BreakerList", (answer) => Object.assign(answer, { kind: "GroupList" }), "kind: "],
    [
      "an unknown state",
      "BreakerDescription",
      (answer) => Object.assign(answer.breaker as object, { state: "broken" }),
      "breaker.state: ",
    ],
    [
      "a time without a zone",
      "BreakerList",
      (answer) => Object.assign(answer, { observedAt: "2026-11-21T03:21:27" }),
      "observedAt: ",
    ],
    ["a count as text", "ChangeResult", (answer) => Object.assign(answer, { applied: "1" }), "applied: "],
    [
      "an exit code that is none",
      "Error",
      (answer) => Object.assign(answer.error as object, { exitCode: 77 }),
      "error.exitCode: ",
    ],
    [
      "a word among errors",
      "BreakerLists",
      (answer) => Object.assign((answer.errors as object[])[0] ?? {}, { code: "oops" }),
      "errors[0].code: ",
    ],
  ])("%s is named by its field", (_, kind, change, field) => {
    const issues = checkAnswer(kind, changed(kind, change));
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(field);
  });

  test("a kind that is none", () => {
    expect(checkAnswer("toString", {})).toEqual(["there is no answer of kind toString"]);
  });

  test("every error code that a schema allows ends a command", () => {
    for (const code of errorCode.options) expect(new CbctlError(code, "x").exitCode).toBeGreaterThan(0);
  });
});
