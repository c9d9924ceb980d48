import { describe, expect, test } from "vitest";
import { commandLineOperator } from "../../src/cli/operator.ts";
import { optionsOf } from "../../src/cli/options.ts";
import type { ChangePlan } from "../../src/domain/change-plan.ts";
import type { Demand } from "../../src/engine/operator.ts";

const PLAN = { action: "reset" } as ChangePlan;

const CONSENT: Demand = { kind: "consent" };
const COUNT: Demand = { kind: "count", count: 12, because: "this changes 12 of 40 breakers" };
const NAME: Demand = { kind: "name", name: "prod", because: "context prod is protected" };
const REASON: Demand = { kind: "reason", because: "context prod is protected" };
const KEY: Demand = { kind: "key", key: "x/k1", because: "x/k1 was reset 2 times within the hour" };

/** What is asked, shown and noted of a person who answers so; null: there is nobody. */
async function approve(
  flags: Record<string, unknown>,
  answers: readonly (string | boolean)[] | null,
  demands: readonly Demand[],
) {
  const left = [...(answers ?? [])];
  const seen = { questions: [] as string[], notes: [] as string[], shown: 0 };
  const operator = commandLineOperator(optionsOf(flags), {
    canAsk: answers !== null,
    async confirm(question) {
      seen.questions.push(question);
      return left.shift() === true;
    },
    async input(question) {
      seen.questions.push(question);
      return String(left.shift() ?? "");
    },
    note: (line) => void seen.notes.push(line),
    async show() {
      seen.shown += 1;
    },
  });
  const outcome = await operator.approve(PLAN, demands).then(
    ({ reason }) => ({ reason }),
    ({ code, reason, hint }) => ({ code, why: reason, hint }),
  );
  return { ...seen, outcome, left, operator };
}

describe("with nobody to ask", () => {
  test.each([
    ["consent", CONSENT, { yes: true }],
    ["a number", COUNT, { max: "12" }],
    ["a larger number", COUNT, { max: "40" }],
    ["a name", NAME, { confirm: "prod" }],
    ["a guard", KEY, { force: true }],
  ])("%s is given by its flag", async (_, demand, flags) => {
    expect((await approve(flags, null, [demand])).outcome).toEqual({ reason: null });
  });

  test.each([
    ["consent", CONSENT, { force: true, confirm: "prod", max: "99" }, "no-consent", null, /--yes/],
    ["a number", COUNT, { yes: true, force: true }, "guard", "this changes 12 of 40 breakers", /--max 12/],
    [
      "a smaller number",
      COUNT,
      { yes: true, max: "11" },
      "guard",
      "this changes 12 of 40 breakers, and --max allows 11",
      /--max 12/,
    ],
    ["a name", NAME, { yes: true, force: true }, "guard", "context prod is protected", /--confirm prod/],
    [
      "another name",
      NAME,
      { confirm: "Prod" },
      "guard",
      'context prod is protected, and --confirm says "Prod"',
      /--confirm prod/,
    ],
    [
      "a reason",
      REASON,
      { yes: true, force: true },
      "guard",
      "context prod is protected: a reason must be given",
      /--reason/,
    ],
    [
      "a guard",
      KEY,
      { yes: true, confirm: "x/k1", max: "99" },
      "guard",
      "x/k1 was reset 2 times within the hour",
      /--force/,
    ],
  ])("%s is refused by no other flag", async (_, demand, flags, code, why, hint) => {
    const { outcome, questions } = await approve(flags, null, [demand]);
    expect(outcome).toEqual({ code, why, hint: expect.stringMatching(hint) });
    expect(questions).toEqual([]);
  });
});

describe("at a terminal", () => {
  test.each([
    ["consent", CONSENT, [true], { reason: null }],
    ["no consent", CONSENT, [false], { code: "no-consent" }],
    ["the number", COUNT, [" 12 "], { reason: null }],
    ["another number", COUNT, ["11"], { code: "guard" }],
    ["the name", NAME, ["prod"], { reason: null }],
    ["another name", NAME, ["PROD"], { code: "guard" }],
    ["the key", KEY, ["x/k1"], { reason: null }],
    ["yes for the key", KEY, ["yes"], { code: "guard" }],
    ["a reason", REASON, [" upstream is back "], { reason: "upstream is back" }],
    ["no reason", REASON, ["  "], { code: "guard" }],
  ])("%s", async (_, demand, answers, outcome) => {
    const approval = await approve({}, answers, [demand]);
    expect(approval.outcome).toMatchObject(outcome);
    expect(approval.questions).toHaveLength(1);
    expect(approval.shown).toBe(1);
    if ("because" in demand) expect(approval.notes).toEqual([demand.because]);
  });

  test("all is asked in its order; the first no ends it", async () => {
    const demands = [REASON, NAME, COUNT, KEY, CONSENT];
    const all = await approve({}, ["r", "prod", "12", "x/k1", true], demands);
    expect(all).toMatchObject({ outcome: { reason: "r" }, left: [] });
    const stopped = await approve({}, ["r", "wrong", "12", "x/k1", true], demands);
    expect(stopped).toMatchObject({ outcome: { code: "guard" }, left: ["12", "x/k1", true] });
  });

  test("what a flag gives is not asked; --yes types nothing", async () => {
    const { questions } = await approve(
      { yes: true, max: "12" },
      ["prod", "x/k1"],
      [NAME, COUNT, KEY, CONSENT],
    );
    expect(questions).toHaveLength(2);
  });
});

test.each([
  [{}, null, 1],
  [{ yes: true }, null, 0],
  [{ yes: true }, [], 1],
])("flags %o with answers %o show the plan %i times", async (flags, answers, shown) => {
  expect((await approve(flags, answers, [])).shown).toBe(shown);
});

describe("what happens on the way", () => {
  test.each([
    ["a person is told of a long hold", [], { kind: "holding", forMs: 3_000 }, ["watching it hold for 3s …"]],
    ["not of a short one", [], { kind: "holding", forMs: 500 }, []],
    ["a script is not", null, { kind: "holding", forMs: 3_000 }, []],
    [
      "an interruption is told to all",
      null,
      { kind: "interrupted", sent: 1, of: 3 },
      ["interrupted: 1 of 3 requests were sent; reading back what they did"],
    ],
    ["each request is nobody's concern", [], { kind: "sent", instance: "a", journalId: "ID" }, []],
  ] as const)("%s", async (_, answers, event, notes) => {
    const { operator, notes: noted } = await approve({ yes: true }, answers, []);
    operator.notice(event);
    expect(noted).toEqual(notes);
  });
});
