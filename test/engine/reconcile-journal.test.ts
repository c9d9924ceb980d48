import { describe, expect, test } from "vitest";
import { CbctlError } from "../../src/domain/errors.ts";
import type { IntendedTarget, IntentEvent } from "../../src/domain/journal.ts";
import { reconcileJournal } from "../../src/engine/reconcile-journal.ts";
import { fakeContext } from "./fake-context.ts";
import { breaker, type FakeBreaker, fakeFleet } from "./fake-fleet.ts";

const target = (instance: string, to: IntendedTarget["to"], key = "k1"): IntendedTarget => ({
  key,
  group: null,
  instance,
  before: { state: "open", thresholds: to.thresholds === undefined ? {} : { failureThreshold: 5 } },
  to,
});

function intent(
  action: IntentEvent["action"],
  targets: IntendedTarget[],
  more: Partial<IntentEvent> = {},
): IntentEvent {
  const by = { user: "ana", host: "ops-1", ci: null };
  const rest = { context: "prod", system: "acme", reason: null, incident: null, approved: "", undoes: null };
  return { kind: "intent", id: "J-1", action, by, targets, ...rest, ...more };
}

/** A journal whose last command died after its intents, and the fleet as it left it. */
async function leftBehind(byInstance: Record<string, FakeBreaker[]>, ...intents: IntentEvent[]) {
  const fleet = fakeFleet(byInstance);
  const parts = fakeContext(fleet);
  const journal = await parts.context.journal();
  for (const each of intents) await journal.intend(each);
  return { fleet, ...parts };
}

const SEVEN = { thresholds: { failureThreshold: 7 } };
const limits = (errors: number) => ({ limits: { errors, cooldown: 60 } });

describe("what is there tells what became of a change", () => {
  test.each([
    [
      "a reset that took hold",
      intent("reset", [target("a", { state: "closed" })]),
      breaker("k1", "closed"),
      "applied",
    ],
    [
      "a reset that did not",
      intent("reset", [target("a", { state: "closed" })]),
      breaker("k1", "open"),
      "unverified",
    ],
    [
      "a patch that took hold",
      intent("patch", [target("a", SEVEN)]),
      breaker("k1", "open", limits(7)),
      "applied",
    ],
    [
      "a patch that did not",
      intent("patch", [target("a", SEVEN)]),
      breaker("k1", "open", limits(5)),
      "unverified",
    ],
    [
      "a release, which aims at no one state",
      intent("release", [target("a", {})]),
      breaker("k1", "half_open"),
      "applied",
    ],
    [
      "a release that did not happen",
      intent("release", [target("a", {})]),
      breaker("k1", "forced_open"),
      "unverified",
    ],
    ["an enable", intent("enable", [target("a", {})]), breaker("k1", "closed"), "applied"],
    [
      "an enable that did not happen",
      intent("enable", [target("a", {})]),
      breaker("k1", "disabled"),
      "unverified",
    ],
    [
      "a breaker that is gone",
      intent("reset", [target("a", { state: "closed" }, "gone")]),
      breaker("k1", "open"),
      "unknown",
    ],
    [
      "an instance that the context has no more",
      intent("reset", [target("z", { state: "closed" })]),
      breaker("k1", "open"),
      "unknown",
    ],
  ] as const)("%s", async (_, open, found, outcome) => {
    const { context, fleet, entries } = await leftBehind({ a: [found] }, open);
    const told = await reconcileJournal(context);
    expect(told).toMatchObject([{ result: { reconciled: true, total: 1, results: [{ outcome }] } }]);
    expect(told).toEqual(await entries());
    expect(fleet.writes).toEqual([]);
  });

  test("an undo did the inverse of what it took back", async () => {
    const trip = intent("trip", [target("a", { state: "forced_open" })], { id: "J-0" });
    const undo = intent("undo", [target("a", {})], { undoes: "J-0" });
    const { context } = await leftBehind({ a: [breaker("k1", "closed")] }, trip);
    const journal = await context.journal();
    await journal.conclude({
      kind: "result",
      id: "J-0",
      results: [],
      applied: 1,
      total: 1,
      reconciled: false,
    });
    await journal.intend(undo);
    expect(await reconcileJournal(context)).toMatchObject([
      { intent: { id: "J-1" }, result: { results: [{ outcome: "applied" }] } },
    ]);
  });

  test("the facts before and after stand beside each other", async () => {
    const { context } = await leftBehind(
      { a: [breaker("k1", "closed", limits(7))] },
      intent("patch", [target("a", SEVEN)]),
    );
    expect((await reconcileJournal(context))[0]?.result?.results).toMatchObject([
      {
        before: { thresholds: { failureThreshold: 5 } },
        after: { state: "closed", thresholds: { failureThreshold: 7 } },
      },
    ]);
  });
});

test("a change of an instance that cannot be read stays open, and is settled when it can", async () => {
  const both = intent("reset", [target("a", { state: "closed" }), target("b", { state: "closed" })]);
  const { context, fleet } = await leftBehind(
    { a: [breaker("k1", "closed")], b: [breaker("k1", "closed")] },
    both,
  );
  fleet.reading = (instance) => {
    if (instance === "b") throw new CbctlError("unreachable", "down");
    return undefined;
  };
  expect(await reconcileJournal(context)).toMatchObject([{ result: null }]);
  fleet.reading = () => undefined;
  expect(await reconcileJournal(context)).toMatchObject([{ result: { applied: 2, total: 2 } }]);
  expect(await reconcileJournal(context)).toEqual([]);
});

test("without open changes nothing is asked of anyone", async () => {
  const { context, fleet } = await leftBehind({ a: [breaker("k1", "closed")] });
  expect(await reconcileJournal(context)).toEqual([]);
  expect(fleet.reads).toBe(0);
});
