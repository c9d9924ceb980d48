import { describe, expect, test } from "vitest";
import { CbctlError } from "../../src/domain/errors.ts";
import type { Verb } from "../../src/domain/vocabulary/change.ts";
import { exitCodeOf } from "../../src/engine/conclude-change.ts";
import { change, outcomes } from "./change-request.ts";
import { fakeContext, fakeOperator, NOON } from "./fake-context.ts";
import { breaker, fakeFleet } from "./fake-fleet.ts";

describe("each verb on two instances", () => {
  test.each([
    ["reset", "open", [], "POST /breakers/k1/reset", { state: "closed" }],
    ["trip", "closed", [], "POST /breakers/k1/trip", { state: "forced_open" }],
    ["release", "forced_open", [], "POST /breakers/k1/release", { state: "closed" }],
    ["disable", "open", [], "POST /breakers/k1/disable", { state: "disabled" }],
    ["enable", "disabled", [], "POST /breakers/k1/enable", { state: "closed" }],
    [
      "patch",
      "closed",
      ["failureThreshold=7"],
      "PATCH /breakers/k1",
      { state: "closed", thresholds: { failureThreshold: 7 } },
    ],
  ] as [Verb, string, string[], string, object][])(
    "%s goes once to each, is read back and journalled",
    async (verb, state, set, request, after) => {
      const fleet = fakeFleet({ a: [breaker("k1", state), breaker("k2", state)], b: [breaker("k1", state)] });
      const { context, entries } = fakeContext(fleet);
      const result = await change(context, verb, { keys: ["k1"], set });
      expect(fleet.writes.map(({ instance, method, path }) => `${instance}: ${method} ${path}`)).toEqual([
        `a: ${request}`,
        `b: ${request}`,
      ]);
      expect(result).toMatchObject({
        action: verb,
        context: "prod",
        system: "acme",
        dryRun: false,
        applied: 2,
        total: 2,
        journalId: "ID-1",
      });
      for (const each of result.results)
        expect(each).toMatchObject({ outcome: "applied", before: { state }, after, message: null });
      expect(exitCodeOf(result)).toBe(0);
      expect(fleet.byInstance["a"]?.[1]?.state).toBe(state);
      expect(await entries()).toMatchObject([
        {
          intent: { id: "ID-1", action: verb, targets: [{ instance: "a" }, { instance: "b" }] },
          result: { applied: 2, total: 2, reconciled: false },
        },
      ]);
      expect(new Set(fleet.writes.map(({ requestId }) => requestId))).toEqual(new Set(["ID-1"]));
    },
  );

  test("all at once where all is meant", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "open"), breaker("k2", "open")] });
    const result = await change(fakeContext(fleet).context, "reset");
    expect(fleet.writes.map(({ path }) => path)).toEqual(["/reset"]);
    expect(outcomes(result)).toEqual(["k1@a applied", "k2@a applied"]);
  });
});

describe("a dry run", () => {
  test("plans, asks nobody, sends nothing and ends with 0", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "open"), breaker("k2", "forced_open")] });
    const { context, store } = fakeContext(fleet, {
      assertTrusted: () => {
        throw new CbctlError("untrusted", "no");
      },
    });
    const operator = fakeOperator();
    const result = await change(context, "reset", { dryRun: true }, operator);
    expect(result).toMatchObject({
      dryRun: true,
      journalId: null,
      requests: ["POST http://a/breakers/k1/reset"],
      results: [
        { key: "k1", outcome: "planned", before: { state: "open" }, after: { state: "closed" } },
        { key: "k2", outcome: "refused" },
      ],
    });
    expect(exitCodeOf(result)).toBe(0);
    expect([fleet.writes, operator.plans, store.events]).toEqual([[], [], []]);
  });

  test("shows the thresholds as they would be", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "open")] });
    const result = await change(fakeContext(fleet).context, "patch", {
      dryRun: true,
      set: ["openDuration=90s"],
    });
    expect(result.results).toMatchObject([
      {
        before: { thresholds: { openDurationMs: 60_000 } },
        after: { state: "open", thresholds: { openDurationMs: 90_000 } },
      },
    ]);
  });
});

describe("before anything is sent it can be refused", () => {
  test.each([
    ["by the operator", fakeOperator(new CbctlError("no-consent", "you said no")), {}, "no-consent"],
    [
      "for lack of trust",
      fakeOperator(),
      {
        assertTrusted: () => {
          throw new CbctlError("untrusted", "not trusted");
        },
      },
      "untrusted",
    ],
  ] as const)("%s", async (_, operator, more, code) => {
    const fleet = fakeFleet({ a: [breaker("k1", "open")] });
    const { context, store } = fakeContext(fleet, more);
    await expect(change(context, "reset", {}, operator)).rejects.toMatchObject({ code });
    expect([fleet.writes, store.events]).toEqual([[], []]);
  });

  test("by a journal that cannot be written", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "open")] });
    const { context, store } = fakeContext(fleet);
    store.append = () => Promise.reject(new CbctlError("no-storage", "disk full"));
    await expect(change(context, "reset")).rejects.toMatchObject({ code: "no-storage" });
    expect(fleet.writes).toEqual([]);
  });

  test("by an open change of the same breaker", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "open")] });
    const { context } = fakeContext(fleet);
    fleet.react = () => {
      throw new Error("the process dies");
    };
    await expect(change(context, "reset")).rejects.toThrow("the process dies");
    fleet.react = () => undefined;
    await expect(change(context, "reset")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("k1 at a is being changed by ana"),
    });
    expect(fleet.writes).toHaveLength(1);
  });
});

test("the intent is on record before the first request, and the reason typed at the prompt is in it", async () => {
  const fleet = fakeFleet({ a: [breaker("k1", "open")] });
  const { context, store } = fakeContext(fleet);
  fleet.react = () => {
    expect(store.events.map(({ body }) => body)).toMatchObject([
      { kind: "intent", reason: "typed", incident: "INC-1" },
    ]);
    return undefined;
  };
  await change(context, "reset", { incident: "INC-1" }, fakeOperator(undefined, "typed"));
  expect(store.events).toHaveLength(2);
});

test("a result that cannot be recorded is told, with what was applied", async () => {
  const fleet = fakeFleet({ a: [breaker("k1", "open")] });
  const { context, store } = fakeContext(fleet);
  fleet.react = () => {
    store.append = () => Promise.reject(new CbctlError("no-storage", "disk full"));
    return undefined;
  };
  await expect(change(context, "reset")).rejects.toMatchObject({
    exitCode: 8,
    message: "applied 1/1, but the journal took no record of it",
    reason: "disk full",
    hint: expect.stringContaining("cbctl audit reconcile"),
  });
});

describe("interrupted", () => {
  test("before the first request: nothing is sent, the journal is closed, and the interruption is the end", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "open")] });
    const { context, interrupt, entries } = fakeContext(fleet);
    const operator = fakeOperator();
    const approve = operator.approve;
    operator.approve = async (plan, demands) => {
      interrupt();
      return approve(plan, demands);
    };
    await expect(change(context, "reset", { keys: ["k1"] }, operator)).rejects.toMatchObject({
      code: "interrupted",
    });
    expect(fleet.writes).toEqual([]);
    expect(await entries()).toMatchObject([
      {
        result: {
          applied: 0,
          results: [{ outcome: "failed", message: "nothing was sent: interrupted before it was sent" }],
        },
      },
    ]);
  });

  test("between two breakers: the first is read back, the second is not sent, and both are told", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "open"), breaker("k2", "open")] });
    const { context, interrupt } = fakeContext(fleet);
    const operator = fakeOperator();
    fleet.react = () => {
      interrupt();
      return undefined;
    };
    const result = await change(context, "reset", { keys: ["k1", "k2"], holdMs: 3_000 }, operator);
    expect(fleet.writes).toHaveLength(1);
    expect(outcomes(result)).toEqual(["k1@a applied", "k2@a failed"]);
    expect(operator.events).toContainEqual({ kind: "interrupted", sent: 1, of: 2 });
    expect(operator.events.filter(({ kind }) => kind === "holding")).toEqual([]);
  });
});

describe("the hold", () => {
  test.each([
    [3_000, 1, 3_000],
    [60_000, 60, 1_000],
    [0, 1, null],
  ])("of %i ms at %i times our pace", async (holdMs, timeScale, waited) => {
    const { context, clock } = fakeContext(fakeFleet({ a: [breaker("k1", "open")] }), { timeScale });
    const operator = fakeOperator();
    await change(context, "reset", { holdMs }, operator);
    const holding = operator.events.filter(({ kind }) => kind === "holding");
    expect(holding).toEqual(waited === null ? [] : [{ kind: "holding", forMs: waited }]);
    expect(clock.now() - NOON).toBe(waited ?? 0);
  });
});
