import { describe, expect, test } from "vitest";
import type { AlertRule } from "../../src/domain/alert-rule.ts";
import { CbctlError } from "../../src/domain/errors.ts";
import { exitCodeOfVerdicts } from "../../src/engine/judge-rules.ts";
import { type Listing, listBreakers } from "../../src/engine/list-breakers.ts";
import { fakeContext } from "./fake-context.ts";
import { breaker, type FakeBreaker, fakeFleet } from "./fake-fleet.ts";

const EVERYTHING: Listing = { patterns: [], groups: [], states: [], by: "breaker", rules: [] };

function rule(name: string, per: AlertRule["per"], condition: AlertRule["condition"]): AlertRule {
  return {
    name,
    title: name,
    names: [],
    severity: "warning",
    respondWithinMs: null,
    per,
    condition,
    forMs: null,
    runbook: null,
  };
}

const ANY_OPEN = rule("any-open", "context", { ref: "openShare", gt: 0 });
const MAJORITY = rule("majority", "group", { ref: "openShare", gt: 0.5 });
const IS_OPEN = rule("is-open", "breaker", { ref: "state", eq: "open" });

const THREE = [
  breaker("k1", "open", { group: "x" }),
  breaker("k2", "closed", { group: "x" }),
  breaker("k3", "closed", { group: "y" }),
];

function list(
  byInstance: Record<string, FakeBreaker[]>,
  more: Partial<Listing> = {},
  dead: readonly string[] = [],
) {
  const fleet = fakeFleet(byInstance);
  fleet.reading = (instance) => {
    if (dead.includes(instance))
      throw new CbctlError("unreachable", "down", { reason: "refused", hint: "is it up?" });
    return undefined;
  };
  return listBreakers(fakeContext(fleet).context, { ...EVERYTHING, ...more });
}

describe("a list", () => {
  test("by breaker, worst first, with its summary", async () => {
    const { answer, exitCode } = await list({ a: THREE, b: THREE.slice(1) });
    expect(answer).toMatchObject({
      kind: "BreakerList",
      context: "prod",
      system: "acme",
      observedAt: "2026-03-01T12:00:00.000Z",
      breakers: [
        { key: "k1", instances: { total: 1 } },
        { key: "k2", instances: { total: 2 } },
        { key: "k3" },
      ],
      summary: { total: 3, open: 1, closed: 2, mixed: 0 },
      errors: [],
    });
    expect(answer).not.toHaveProperty("verdicts");
    expect(exitCode).toBe(0);
  });

  test("by group: each with its worst state", async () => {
    const { answer } = await list({ a: THREE }, { by: "group" });
    expect(answer).toMatchObject({
      kind: "GroupList",
      groups: [
        { group: "x", state: "open", summary: { total: 2, open: 1 } },
        { group: "y", state: "closed", summary: { total: 1 } },
      ],
    });
  });

  test("by instance: each with what it said, or why it said nothing", async () => {
    const { answer, exitCode } = await list(
      { a: THREE, b: [] },
      { by: "instance", patterns: ["k2", "x/k1"] },
      ["b"],
    );
    expect(answer).toMatchObject({
      kind: "InstanceList",
      instances: [
        { instance: "a", url: "http://a", breakers: [{ key: "k1" }, { key: "k2" }], error: null },
        {
          instance: "b",
          breakers: [],
          error: { code: "unreachable", message: "down: refused", hint: "is it up?" },
        },
      ],
    });
    expect(exitCode).toBe(9);
  });

  test("of some states only: the summary is of what is shown, the verdicts of what was asked for", async () => {
    const { answer, exitCode } = await list({ a: THREE }, { states: ["closed"], rules: [ANY_OPEN] });
    expect(answer).toMatchObject({
      breakers: [{ key: "k2" }, { key: "k3" }],
      summary: { total: 2, open: 0 },
      verdicts: [{ firing: true }],
    });
    expect(exitCode).toBe(3);
  });

  test("of nothing is an answer; to a rule it is no data", async () => {
    expect(await list({ a: [] })).toMatchObject({
      answer: { breakers: [], summary: { total: 0 } },
      exitCode: 0,
    });
    expect(await list({ a: [] }, { rules: [ANY_OPEN] })).toMatchObject({
      answer: { verdicts: [{ subject: "prod", firing: null, because: "no breakers are registered" }] },
      exitCode: 9,
    });
  });

  test("read only in part is never healthy", async () => {
    const { answer, exitCode } = await list({ a: [breaker("k1", "closed")], b: [] }, {}, ["b"]);
    expect(answer).toMatchObject({
      breakers: [{ state: "unknown", instances: { closed: 1, unknown: 1 } }],
      summary: { closed: 0, unknown: 1 },
    });
    expect(exitCode).toBe(9);
  });

  test("of which nothing could be read is an error that names the first reason", async () => {
    await expect(list({ a: [], b: [] }, {}, ["a", "b"])).rejects.toMatchObject({
      code: "unreachable",
      message: "no instance could be read: down: refused (and 1 more)",
      hint: "is it up?",
      where: "a",
    });
  });

  test("a system without an API and without metrics cannot be listed", async () => {
    const { context } = fakeContext(fakeFleet({ a: [] }));
    const blind = { ...context, system: { ...context.system, read: null } };
    await expect(listBreakers(blind, EVERYTHING)).rejects.toMatchObject({
      code: "unsupported",
      message: "system acme has neither an admin API nor metrics to read a state from",
    });
  });

  test("an interruption is not an instance that cannot be read", async () => {
    const fleet = fakeFleet({ a: [] });
    const { context, interrupt } = fakeContext(fleet);
    fleet.reading = () => {
      interrupt();
      throw context.signal.reason;
    };
    await expect(listBreakers(context, EVERYTHING)).rejects.toMatchObject({ code: "interrupted" });
  });
});

describe("a rule is judged", () => {
  test.each([
    ["over the context", ANY_OPEN, [], [["prod", true, "openShare 0.33"]], 3],
    [
      "over each group",
      MAJORITY,
      [],
      [
        ["x", false, "openShare 0.50"],
        ["y", false, "openShare 0"],
      ],
      0,
    ],
    [
      "over each breaker",
      IS_OPEN,
      [],
      [
        ["x/k1", true, "state open"],
        ["x/k2", false, "state closed"],
        ["y/k3", false, "state closed"],
      ],
      3,
    ],
    ["over what was selected", ANY_OPEN, ["k2"], [["prod", false, "openShare 0"]], 0],
  ] as [string, AlertRule, string[], [string, boolean, string][], number][])(
    "%s",
    async (_, judged, patterns, told, code) => {
      const { answer, exitCode } = await list({ a: THREE }, { rules: [judged], patterns });
      expect(answer.verdicts?.map(({ subject, firing, because }) => [subject, firing, because])).toEqual(
        told,
      );
      expect(exitCode).toBe(code);
    },
  );

  test.each([
    ["what could be open", ANY_OPEN, [breaker("k1", "closed")], null, 9],
    ["what is open whatever the rest is", ANY_OPEN, [breaker("k1", "open")], true, 3],
    [
      "what no majority can be any more",
      MAJORITY,
      [breaker("k1", "closed"), breaker("k2", "closed")],
      false,
      9,
    ],
  ] as [string, AlertRule, FakeBreaker[], boolean | null, number][])(
    "with an instance that is dead, by %s",
    async (_, judged, breakers, firing, code) => {
      const twice = rule(
        "majority",
        judged.per,
        judged === MAJORITY ? { ref: "openShare", gt: 0.5 } : judged.condition,
      );
      const { answer, exitCode } = await list({ a: breakers, b: [] }, { rules: [twice] }, ["b"]);
      expect(answer.verdicts?.[0]?.firing).toBe(firing);
      expect(exitCode).toBe(code);
    },
  );

  test("and names everything that its condition looked at, once", async () => {
    const both = rule("both", "context", {
      all: [{ ref: "total", gt: 1 }, { any: [{ ref: "open", gt: 5 }, { not: { ref: "total", lt: 1 } }] }],
    });
    const { answer } = await list({ a: THREE }, { rules: [both] });
    expect(answer.verdicts?.[0]).toMatchObject({ firing: true, because: "total 3, open 1" });
  });
});

test.each([
  [[], 0],
  [[false], 0],
  [[false, null], 9],
  [[null, true], 3],
])("verdicts %o end with %i", (firings, code) => {
  const verdicts = firings.map(
    (firing) => ({ rule: "r", severity: "info", subject: "s", firing, because: "" }) as const,
  );
  expect(exitCodeOfVerdicts(verdicts)).toBe(code);
});
