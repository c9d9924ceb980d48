import { describe, expect, test } from "vitest";
import type { Upstream } from "../../src/domain/config.ts";
import { CbctlError } from "../../src/domain/errors.ts";
import type { JournalEntry } from "../../src/domain/journal.ts";
import { applyChange } from "../../src/engine/apply-change.ts";
import { failingUpstream } from "../../src/engine/guards/failing-upstream.ts";
import { largeChange } from "../../src/engine/guards/large-change.ts";
import { protectedContext } from "../../src/engine/guards/protected-context.ts";
import { repeatedReset } from "../../src/engine/guards/repeated-reset.ts";
import { readFleet } from "../../src/engine/read-fleet.ts";
import { selectBreakers } from "../../src/engine/select-breakers.ts";
import { fakeContext, fakeOperator, NOON } from "./fake-context.ts";
import { breaker, fakeFleet } from "./fake-fleet.ts";

const MINUTE = 60_000;

function resetEntry(minutesAgo: number, key = "k1", action: "reset" | "patch" = "reset"): JournalEntry {
  const at = new Date(NOON - minutesAgo * MINUTE).toISOString();
  const target = { key, group: null, instance: "a", before: null, to: {} };
  const by = { user: "ana", host: "ops-1", ci: null };
  const rest = { context: "prod", system: "acme", reason: null, incident: null, approved: "", undoes: null };
  return {
    at,
    intent: { kind: "intent", id: at, action, by, targets: [target, { ...target, instance: "b" }], ...rest },
    result: null,
    resultAt: null,
  };
}

describe("repeated resets", () => {
  test.each([
    ["none before", [], 0],
    ["one before", [resetEntry(5)], 0],
    ["two within the hour", [resetEntry(59), resetEntry(5)], 1],
    ["one of two longer ago", [resetEntry(60), resetEntry(5)], 0],
    ["of another breaker", [resetEntry(5, "k2"), resetEntry(6, "k2")], 0],
    ["other changes", [resetEntry(5, "k1", "patch"), resetEntry(6, "k1", "patch")], 0],
  ])("%s", (_, entries, demands) => {
    expect(repeatedReset(["k1"], entries, NOON)).toHaveLength(demands);
  });

  test("the evidence names when and who, and one reset of two instances counts once", () => {
    expect(repeatedReset(["k1"], [resetEntry(59), resetEntry(5)], NOON)).toEqual([
      {
        kind: "key",
        key: "k1",
        because: "k1 was reset 2 times within the hour (11:01 by ana, 11:55 by ana)",
      },
    ]);
  });
});

describe("failing upstreams", () => {
  const one = (key: string, group: string | null = null) =>
    ({ key, group }) as Parameters<typeof failingUpstream>[0][number];
  const upstream = { health: "http://up/health" };
  type Probe = Parameters<typeof failingUpstream>[2];
  const down: Probe = () => Promise.reject(new CbctlError("unreachable", "cannot reach http://up"));

  test.each<[string, Record<string, Upstream>, Probe, string | null]>([
    ["healthy", { k1: upstream }, async () => 200, null],
    ["not known", {}, down, null],
    ["of the group", { x: upstream }, async () => 503, "answered 503, not 200"],
    ["by its whole name", { "x/k1": upstream }, async () => 503, "answered 503, not 200"],
    ["with a status of its own that is good", { k1: { ...upstream, expect: 204 } }, async () => 204, null],
    [
      "with a status of its own that is not given",
      { k1: { ...upstream, expect: 204 } },
      async () => 200,
      "answered 200, not 204",
    ],
    ["that does not answer", { k1: upstream }, down, "did not answer (cannot reach http://up)"],
  ])("an upstream %s", async (_, upstreams, probe, evidence) => {
    const demands = await failingUpstream([one("k1", "x")], upstreams, probe);
    const because = `the health check of its upstream http://up/health ${evidence}`;
    expect(demands).toEqual(evidence === null ? [] : [{ kind: "key", key: "x/k1", because }]);
  });

  test("each address is asked once; a key named like a part of every object has no upstream", async () => {
    const asked: string[] = [];
    const probe = async (url: string) => asked.push(url) + 500;
    const demands = await failingUpstream(
      [one("k1"), one("k2"), one("constructor")],
      { k1: upstream, k2: upstream },
      probe,
    );
    expect(asked).toEqual([upstream.health]);
    expect(demands.map((demand) => "key" in demand && demand.key)).toEqual(["k1", "k2"]);
  });

  test("an interruption is not an outcome", async () => {
    const interrupted = async (): Promise<number> => {
      throw new CbctlError("interrupted", "interrupted");
    };
    await expect(failingUpstream([one("k1")], { k1: upstream }, interrupted)).rejects.toMatchObject({
      code: "interrupted",
    });
  });
});

describe("large changes", () => {
  const keys = (count: number, group?: string) =>
    Array.from({ length: count }, (_, index) =>
      breaker(`${group ?? "k"}-${index}`, "open", group === undefined ? {} : { group }),
    );

  test.each([
    ["one by name", keys(1), ["k-0"], [], null],
    ["two of two by name", keys(2), ["k-0", "k-1"], [], null],
    ["a pattern that takes one", keys(1), ["k*"], [], null],
    ["half of a group by pattern", keys(4), ["k-0*", "k-1*"], [], null],
    ["more than half by pattern", keys(3), ["k-0*", "k-1*"], [], "this changes 2 of 3 breakers"],
    ["all", keys(2), [], [], "this changes 2 of 2 breakers"],
    ["ten of thirty", keys(30), ["k-1*"], [], "this changes 11 of 30 breakers"],
    [
      "a whole group",
      [...keys(3, "x"), ...keys(9, "y")],
      [],
      ["x"],
      "this changes 3 of 12 breakers, 3 of 3 in x",
    ],
    [
      "few of a large group and most of a small one",
      [...keys(9, "x"), ...keys(1, "y")],
      ["x/x-1*", "y/*"],
      [],
      "this changes 2 of 10 breakers, 1 of 1 in y",
    ],
  ])("%s", async (_, breakers, patterns, groups, because) => {
    const fleet = await readFleet(fakeContext(fakeFleet({ a: breakers })).context);
    const selected = selectBreakers(fleet, { patterns, groups, all: patterns.length === 0 });
    const count = selected.breakers.length;
    expect(largeChange(fleet, selected)).toEqual(because === null ? [] : [{ kind: "count", count, because }]);
  });
});

test("a protected context wants a reason, and its name", () => {
  const because = "context prod is protected";
  expect(protectedContext({ name: "prod", isProtected: false })).toEqual([]);
  expect(protectedContext({ name: "prod", isProtected: true })).toEqual([
    { kind: "reason", because },
    { kind: "name", name: "prod", because },
  ]);
});

describe("what a change demands", () => {
  const demandsOf = async (verb: "reset" | "trip", reason: string | null, state = "open") => {
    const { context } = fakeContext(fakeFleet({ a: [breaker("k1", state), breaker("k2", state)] }), {
      isProtected: true,
      upstreams: { k1: { health: "http://up" } },
      probe: async () => 500,
    });
    const operator = fakeOperator();
    const fleet = await readFleet(context);
    const selected = selectBreakers(fleet, { patterns: [], groups: [], all: true });
    const rest = { settingsOf: () => [], undoes: null, dryRun: false, incident: null, holdMs: 0 };
    await applyChange(context, { action: verb, verb, fleet, selected, reason, ...rest }, operator);
    return operator.demands.map(({ kind }) => kind);
  };

  test("comes in order, consent last; the health of upstreams is a reset's business", async () => {
    expect(await demandsOf("reset", null)).toEqual(["reason", "name", "count", "key", "consent"]);
    expect(await demandsOf("reset", "upstream is back")).toEqual(["name", "count", "key", "consent"]);
    expect(await demandsOf("trip", null)).toEqual(["reason", "name", "count", "consent"]);
  });
});
