import { describe, expect, test } from "vitest";
import { readSettings } from "../../src/dialect/settings.ts";
import type { ChangeResult } from "../../src/domain/change-result.ts";
import type { Verb } from "../../src/domain/vocabulary/change.ts";
import { applyChange } from "../../src/engine/apply-change.ts";
import { exitCodeOf } from "../../src/engine/conclude-change.ts";
import type { ContextPort } from "../../src/engine/context-port.ts";
import { readFleet } from "../../src/engine/read-fleet.ts";
import { selectBreakers } from "../../src/engine/select-breakers.ts";
import { findUndoable, planUndo } from "../../src/engine/undo-change.ts";
import { fakeContext, fakeOperator } from "./fake-context.ts";
import { breaker, FAKE_SYSTEM, type FakeBreaker, fakeFleet } from "./fake-fleet.ts";

const REST = { dryRun: false, reason: null, incident: null, holdMs: 0 };

async function change(
  context: ContextPort,
  verb: Verb,
  key: string,
  ...set: string[]
): Promise<ChangeResult> {
  const fleet = await readFleet(context);
  const selected = selectBreakers(fleet, { patterns: [key], groups: [], all: false });
  const settings = readSettings(FAKE_SYSTEM, set);
  const request = { action: verb, verb, fleet, selected, settingsOf: () => settings, undoes: null, ...REST };
  return applyChange(context, request, fakeOperator());
}

async function undo(context: ContextPort, id: string | null = null): Promise<ChangeResult> {
  const entry = findUndoable(await (await context.journal()).entries(), id);
  const fleet = await readFleet(context);
  const request = {
    ...planUndo(context, fleet, entry),
    fleet,
    action: "undo" as const,
    undoes: entry.intent.id,
    ...REST,
  };
  return applyChange(context, request, fakeOperator());
}

function start(byInstance: Record<string, FakeBreaker[]>) {
  const fleet = fakeFleet(byInstance);
  return { fleet, ...fakeContext(fleet) };
}

describe("a change and its undo", () => {
  test.each([
    ["trip", "closed", "release", "closed"],
    ["disable", "closed", "enable", "closed"],
    ["enable", "disabled", "disable", "disabled"],
    ["release", "forced_open", "trip", "forced_open"],
  ] as [Verb, string, string, string][])(
    "%s of a breaker that was %s: %s",
    async (verb, before, inverse, after) => {
      const { context, fleet, entries } = start({ a: [breaker("k1", before)] });
      await change(context, verb, "k1");
      expect(fleet.byInstance["a"]?.[0]?.state).not.toBe(before);
      const result = await undo(context);
      expect(result).toMatchObject({ action: "undo", applied: 1, total: 1 });
      expect(fleet.writes.at(-1)?.path).toBe(`/breakers/k1/${inverse}`);
      expect(fleet.byInstance["a"]?.[0]?.state).toBe(after);
      expect((await entries()).at(-1)?.intent).toMatchObject({ action: "undo", undoes: "ID-1" });
    },
  );

  test("a patch: each instance gets back what it had", async () => {
    const { context, fleet } = start({
      a: [breaker("k1", "open"), breaker("k2", "open")],
      b: [breaker("k1", "open", { limits: { errors: 9, cooldown: 30 } })],
    });
    await change(context, "patch", "k1", "failureThreshold=7", "openDuration=90s");
    expect(await undo(context)).toMatchObject({ applied: 2, total: 2 });
    expect(fleet.byInstance["a"]?.[0]?.limits).toEqual({ errors: 5, cooldown: 60 });
    expect(fleet.byInstance["b"]?.[0]?.limits).toEqual({ errors: 9, cooldown: 30 });
  });

  test("goes only where the change went: what was tripped before it stays tripped", async () => {
    const { context, fleet } = start({ a: [breaker("k1", "forced_open")], b: [breaker("k1", "closed")] });
    await change(context, "trip", "k1");
    const result = await undo(context);
    expect(fleet.writes.map(({ instance, path }) => `${instance}${path}`)).toEqual([
      "b/breakers/k1/trip",
      "b/breakers/k1/release",
    ]);
    expect(result.results.map(({ instance, outcome }) => [instance, outcome])).toEqual([["b", "applied"]]);
  });

  test("takes back what took hold, where the change failed at one instance", async () => {
    const { context, fleet } = start({ a: [breaker("k1", "closed")], b: [breaker("k1", "closed")] });
    fleet.react = ({ instance }) => (instance === "b" ? { status: 500, value: {} } : undefined);
    expect(exitCodeOf(await change(context, "patch", "k1", "failureThreshold=7"))).toBe(8);
    fleet.react = () => undefined;
    const result = await undo(context);
    expect(result.results.map(({ instance, outcome }) => [instance, outcome])).toEqual([
      ["a", "applied"],
      ["b", "unchanged"],
    ]);
    expect(fleet.byInstance["a"]?.[0]?.limits.errors).toBe(5);
  });
});

describe("is refused", () => {
  test("when a value was changed since", async () => {
    const { context, fleet } = start({ a: [breaker("k1", "closed")] });
    await change(context, "patch", "k1", "failureThreshold=7");
    Object.assign(fleet.byInstance["a"]?.[0]?.limits ?? {}, { errors: 8 });
    await expect(undo(context)).rejects.toMatchObject({
      code: "conflict",
      message: "not taken back: it was changed since",
      reason: "k1 at a was left failureThreshold=7 and is failureThreshold=8",
    });
  });

  test("when the state is another since", async () => {
    const { context, fleet } = start({ a: [breaker("k1", "closed")] });
    await change(context, "trip", "k1");
    Object.assign(fleet.byInstance["a"]?.[0] ?? {}, { state: "half_open" });
    await expect(undo(context)).rejects.toMatchObject({
      code: "conflict",
      reason: "k1 at a was left forced_open and is half_open",
    });
  });

  test("when the breaker is gone", async () => {
    const { context, fleet } = start({ a: [breaker("k1", "closed"), breaker("k2", "closed")] });
    await change(context, "trip", "k1");
    fleet.byInstance["a"]?.shift();
    await expect(undo(context)).rejects.toMatchObject({
      code: "conflict",
      reason: "k1 at a is not listed any more",
    });
  });

  test("when what it was before is not shown", async () => {
    const { context } = start({ a: [breaker("k1", "closed")] });
    await change(context, "patch", "k1", "halfOpenMaxCalls=3");
    await expect(undo(context)).rejects.toMatchObject({
      code: "unsupported",
      reason: "k1 at a: the system does not show halfOpenMaxCalls",
    });
  });

  test("of a reset, which has no inverse", async () => {
    const { context } = start({ a: [breaker("k1", "open")] });
    await change(context, "reset", "k1");
    await expect(undo(context, "ID-1")).rejects.toMatchObject({
      code: "unsupported",
      message: "reset ID-1 cannot be taken back",
    });
    await expect(undo(context)).rejects.toMatchObject({
      code: "unknown-name",
      message: "there is no change to take back",
    });
  });

  test("of an undo", async () => {
    const { context } = start({ a: [breaker("k1", "closed")] });
    await change(context, "trip", "k1");
    await undo(context);
    await expect(undo(context, "ID-2")).rejects.toMatchObject({
      code: "unsupported",
      message: "undo ID-2 cannot be taken back",
    });
  });
});

describe("the change to take back", () => {
  test("without an id is the newest that was not taken back, then the one before", async () => {
    const { context, fleet } = start({ a: [breaker("k1", "closed")] });
    await change(context, "patch", "k1", "failureThreshold=6");
    await change(context, "patch", "k1", "failureThreshold=7");
    await undo(context);
    expect(fleet.byInstance["a"]?.[0]?.limits.errors).toBe(6);
    await undo(context);
    expect(fleet.byInstance["a"]?.[0]?.limits.errors).toBe(5);
    await expect(undo(context)).rejects.toMatchObject({ code: "unknown-name" });
  });

  test("is still the same after an undo that failed: it never moves on to an older one", async () => {
    const { context, fleet } = start({ a: [breaker("k1", "closed")] });
    await change(context, "patch", "k1", "failureThreshold=6");
    await change(context, "patch", "k1", "failureThreshold=7");
    fleet.react = () => ({ status: 500, value: {} });
    expect(await undo(context)).toMatchObject({ applied: 0 });
    fleet.react = () => undefined;
    await undo(context);
    expect(fleet.byInstance["a"]?.[0]?.limits.errors).toBe(6);
  });

  test.each([
    ["ID-2", 6],
    ["ID", '"ID" begins several ids'],
    ["nope", 'no change "nope"'],
  ])("by id, or the beginning of one: %s", async (id, expected) => {
    const { context, fleet } = start({ a: [breaker("k1", "closed")] });
    await change(context, "patch", "k1", "failureThreshold=6");
    await change(context, "patch", "k1", "failureThreshold=7");
    if (typeof expected === "string") {
      await expect(undo(context, id)).rejects.toMatchObject({ code: "unknown-name", message: expected });
    } else {
      await undo(context, id);
      expect(fleet.byInstance["a"]?.[0]?.limits.errors).toBe(expected);
    }
  });
});
