import { describe, expect, test } from "vitest";
import type { System } from "../../src/domain/system.ts";
import type { Verb } from "../../src/domain/vocabulary/change.ts";
import { exitCodeOf } from "../../src/engine/conclude-change.ts";
import { change, outcomes } from "./change-request.ts";
import { fakeContext, fakeOperator } from "./fake-context.ts";
import { breaker, FAKE_SYSTEM, fakeFleet } from "./fake-fleet.ts";

describe("the plan", () => {
  test("what already is as asked is not sent", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "closed")], b: [breaker("k1", "open")] });
    const result = await change(fakeContext(fleet).context, "reset", { keys: ["k1"] });
    expect(fleet.writes.map(({ instance }) => instance)).toEqual(["b"]);
    expect(outcomes(result)).toEqual(["k1@a unchanged", "k1@b applied"]);
    expect(result).toMatchObject({ applied: 2, total: 2 });
  });

  test.each([
    ["reset", "closed", [], "already closed"],
    ["trip", "forced_open", [], "already forced_open"],
    ["release", "open", [], "already open"],
    ["enable", "closed", [], "already closed"],
    ["patch", "open", ["failureThreshold=5"], "it already holds these values"],
  ] as [Verb, string, string[], string][])(
    "%s of a breaker that is %s: nothing is asked, sent or journalled",
    async (verb, state, set, message) => {
      const fleet = fakeFleet({ a: [breaker("k1", state)] });
      const { context, store } = fakeContext(fleet);
      const operator = fakeOperator();
      const result = await change(context, verb, { set }, operator);
      expect(result).toMatchObject({
        results: [{ outcome: "unchanged", message }],
        applied: 1,
        total: 1,
        journalId: null,
      });
      expect(exitCodeOf(result)).toBe(0);
      expect([fleet.writes, operator.plans, store.events]).toEqual([[], [], []]);
    },
  );

  test.each([
    ["forced_open", "it is forced_open: use cbctl release"],
    ["disabled", "it is disabled: use cbctl enable"],
  ])("a reset does not take back what somebody did: %s", async (state, message) => {
    const fleet = fakeFleet({ a: [breaker("k1", state), breaker("k2", "open")] });
    const result = await change(fakeContext(fleet).context, "reset");
    expect(fleet.writes.map(({ path }) => path)).toEqual(["/breakers/k2/reset"]);
    expect(result.results).toMatchObject(
      [
        { key: "k2", outcome: "applied" },
        { key: "k1", outcome: "refused", message, after: { state } },
      ].sort((a, b) => a.key.localeCompare(b.key)),
    );
    expect(fleet.byInstance["a"]?.[0]?.state).toBe(state);
    expect(exitCodeOf(result)).toBe(8);
  });

  test("a reset that can only reach all is refused when one of them is forced open", async () => {
    const system: System = {
      ...FAKE_SYSTEM,
      change: { reset: { all: { calls: [{ http: "POST /reset" }] } } },
    };
    const fleet = fakeFleet({ a: [breaker("k1", "forced_open"), breaker("k2", "open")] });
    await expect(change(fakeContext(fleet, { system }).context, "reset")).rejects.toMatchObject({
      code: "guard",
      reason: "it would also touch k1",
    });
    expect(fleet.writes).toEqual([]);
  });

  test("refused alone ends with 4", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "disabled")] });
    const result = await change(fakeContext(fleet).context, "reset");
    expect(outcomes(result)).toEqual(["k1@a refused"]);
    expect(exitCodeOf(result)).toBe(4);
  });

  test("is shown before consent, with what will happen by itself and each request", async () => {
    const retry = "2026-03-01T12:00:12.000Z";
    const fleet = fakeFleet({
      a: [
        breaker("k1", "open", { group: "x", retry }),
        breaker("k2", "open", { group: "x" }),
        breaker("k3", "closed", { group: "y" }),
      ],
    });
    const operator = fakeOperator();
    await change(
      fakeContext(fleet).context,
      "reset",
      { keys: ["k1", "k2"], reason: "upstream is back" },
      operator,
    );
    expect(operator.plans).toMatchObject([
      {
        action: "reset",
        reach: "breaker",
        reason: "upstream is back",
        selected: 2,
        of: 3,
        largest: { group: "x", selected: 2, of: 2 },
        byItself: ["x/k1 tries again by itself in 12s", "x/k2 tries again by itself 1m after it opened"],
        requests: ["POST http://a/breakers/k1/reset", "POST http://a/breakers/k2/reset"],
      },
    ]);
  });

  test("says what the document notes of the change, and how long it holds", async () => {
    const trip = {
      breaker: {
        calls: [{ http: "POST /breakers/${key}/trip" }],
        holds: "until-released",
        note: "calls fail fast",
      },
    } as const;
    const fleet = fakeFleet({ a: [breaker("k1", "closed")] });
    const operator = fakeOperator();
    await change(
      fakeContext(fleet, { system: { ...FAKE_SYSTEM, change: { trip } } }).context,
      "trip",
      {},
      operator,
    );
    expect(operator.plans[0]?.notes).toEqual(["calls fail fast", "the state holds until released"]);
  });
});
