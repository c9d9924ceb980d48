import { describe, expect, test } from "vitest";
import {
  type Condition,
  judge,
  lookUp,
  OPERATORS,
  type Operator,
  type Truth,
} from "../../../src/domain/vocabulary/condition.ts";

describe("each operator on a value it can judge", () => {
  test.each([
    ["lt", 1, 2, true],
    ["lt", 2, 2, false],
    ["lte", 2, 2, true],
    ["lte", 3, 2, false],
    ["gt", 3, 2, true],
    ["gt", 2, 2, false],
    ["gte", 2, 2, true],
    ["gte", 1, 2, false],
    ["lt", Number.NEGATIVE_INFINITY, 0, true],
    ["eq", "open", "open", true],
    ["eq", "open", "closed", false],
    ["eq", 0, 0, true],
    ["eq", false, false, true],
    ["ne", "open", "closed", true],
    ["ne", 1, 1, false],
    ["in", "open", ["open", "closed"], true],
    ["in", "half_open", ["open", "closed"], false],
    ["in", 404, [401, "404"], false],
    ["contains", "was not found", "not found", true],
    ["contains", "was found", "not found", false],
    ["contains", ["a", "b"], "b", true],
    ["contains", ["a", "b"], "c", false],
    ["contains", [], "c", false],
    ["matches", "deepseek-1", "^deepseek-\\d$", true],
    ["matches", "openai-1", "^deepseek", false],
    ["exists", 0, true, true],
    ["exists", "", true, true],
    ["exists", false, true, true],
    ["exists", 1, false, false],
  ] as [Operator, unknown, unknown, Truth][])("%s: %o against %o is %o", (operator, value, limit, truth) => {
    expect(judge({ [operator]: limit }, value)).toBe(truth);
    expect(judge({ ref: "a.b", [operator]: limit }, { a: { b: value } })).toBe(truth);
  });
});

const LIMITS: Readonly<Record<Operator, unknown>> = {
  lt: 1,
  lte: 1,
  gt: 1,
  gte: 1,
  eq: "open",
  ne: "open",
  in: ["open"],
  contains: "open",
  matches: "open",
  exists: true,
};

describe.each(OPERATORS.filter((operator) => operator !== "exists"))("%s cannot tell of", (operator) => {
  test.each([
    ["nothing", undefined],
    ["null", null],
    ["not a number", Number.NaN],
    ["a flag where it wants something else", true],
    ["an object", {}],
  ])("%s", (_, value) => {
    expect(judge({ [operator]: LIMITS[operator] }, value)).toBeNull();
    expect(judge({ not: { [operator]: LIMITS[operator] } }, value)).toBeNull();
  });
});

describe("a wrong type is never an answer", () => {
  test.each([
    ["gt", "5", 1],
    ["lt", 5, "10"],
    ["eq", 2, "2"],
    ["ne", 2, "open"],
    ["in", 5, ["open"]],
    ["in", "open", "open"],
    ["contains", 5, "5"],
    ["contains", "5", 5],
    ["matches", 5, "5"],
    ["eq", "open", null],
    ["eq", 1, Number.NaN],
    ["gt", 1, Number.NaN],
  ] as [Operator, unknown, unknown][])("%s: %o against %o", (operator, value, limit) => {
    expect(judge({ [operator]: limit }, value)).toBeNull();
  });
});

test.each([undefined, null, Number.NaN])("exists tells of %o: it does not", (value) => {
  expect(judge({ exists: true }, value)).toBe(false);
  expect(judge({ exists: false }, value)).toBe(true);
});

const YES: Condition = { ref: "yes", eq: true };
const NO: Condition = { ref: "no", eq: true };
const PERHAPS: Condition = { ref: "missing", eq: true };
const FACTS = { yes: true, no: false };

describe("three values joined", () => {
  test.each([
    ["all", [YES, YES], true],
    ["all", [YES, NO], false],
    ["all", [YES, PERHAPS], null],
    ["all", [PERHAPS, NO], false],
    ["any", [NO, NO], false],
    ["any", [NO, YES], true],
    ["any", [NO, PERHAPS], null],
    ["any", [PERHAPS, YES], true],
  ] as ["all" | "any", Condition[], Truth][])("%s of %o", (joint, parts, truth) => {
    expect(judge({ [joint]: parts } as Condition, FACTS)).toBe(truth);
    expect(judge({ [joint]: [...parts].reverse() } as Condition, FACTS)).toBe(truth);
  });

  test("several operators in one comparison must all hold", () => {
    expect(judge({ gt: 1, lt: 5 }, 3)).toBe(true);
    expect(judge({ gt: 1, lt: 5 }, 7)).toBe(false);
    expect(judge({ gt: 1, eq: "3" }, 3)).toBeNull();
  });

  test("a comparison that asks nothing tells nothing", () => {
    expect(judge({ ref: "yes" }, FACTS)).toBeNull();
    expect(judge({}, FACTS)).toBeNull();
  });

  test("not of not is the same, and de Morgan holds", () => {
    const some = [YES, NO, PERHAPS];
    for (const a of some) {
      expect(judge({ not: { not: a } }, FACTS)).toBe(judge(a, FACTS));
      for (const b of some) {
        const notBoth = judge({ not: { all: [a, b] } }, FACTS);
        expect(judge({ any: [{ not: a }, { not: b }] }, FACTS)).toBe(notBoth);
      }
    }
  });
});

test.each([
  ["a.b", { a: { b: 1 } }, 1],
  ["a.1", { a: [5, 6] }, 6],
  ["a.b", { a: null }, undefined],
  ["a.b", { a: "text" }, undefined],
  ["a", null, undefined],
  ["constructor", {}, undefined],
  ["__proto__", {}, undefined],
])("%s in %o", (ref, value, found) => {
  expect(lookUp(value, ref)).toBe(found);
});
