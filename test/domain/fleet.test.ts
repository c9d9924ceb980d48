import { describe, expect, test } from "vitest";
import type { BreakerReading, BreakerState } from "../../src/domain/breaker.ts";
import { countStates, foldFleet, type InstanceReading, isMixed, summarise } from "../../src/domain/fleet.ts";

const AT = "2026-03-01T12:00:00.000Z";

function told(
  instance: string,
  key: string,
  state: BreakerState,
  more: Partial<BreakerReading> = {},
): BreakerReading {
  return {
    key,
    group: null,
    labels: {},
    instance,
    state,
    nativeState: state.toUpperCase(),
    reason: null,
    since: null,
    retryAt: null,
    lastFailureAt: null,
    counts: { failures: null, successes: null, calls: null, rejected: null, scope: null },
    thresholds: {},
    ...more,
  };
}

function answered(name: string, ...breakers: BreakerReading[]): InstanceReading {
  return { instance: { name, url: `http://${name}` }, breakers, error: null };
}

function dead(name: string): InstanceReading {
  const error = { instance: name, code: "unreachable", message: "connection refused" } as const;
  return { instance: { name, url: `http://${name}` }, breakers: null, error };
}

describe("a breaker over its instances", () => {
  test.each([
    [["closed", "closed"], "closed", false],
    [["closed", "open"], "open", true],
    [["half_open", "forced_open"], "forced_open", true],
    [["open", "forced_open"], "open", true],
    [["unknown", "half_open"], "half_open", true],
    [["disabled", "unknown"], "unknown", true],
    [["metrics_only", "closed"], "metrics_only", true],
    [["disabled", "metrics_only"], "disabled", true],
    [["open"], "open", false],
  ] as [BreakerState[], BreakerState, boolean][])("%o is %s", (states, state, mixed) => {
    const readings = states.map((each, index) => answered(`i${index}`, told(`i${index}`, "k", each)));
    for (const order of [readings, [...readings].reverse()]) {
      const [breaker] = foldFleet(order, AT).breakers;
      expect(breaker).toMatchObject({
        state,
        nativeState: state.toUpperCase(),
        instances: countStates(states),
      });
      expect(breaker && isMixed(breaker)).toBe(mixed);
    }
  });

  test("the words are those of the worst instance", () => {
    const words = { reason: "5 failures", since: AT, retryAt: "2026-03-01T12:01:00.000Z" };
    const fleet = foldFleet(
      [answered("a", told("a", "k", "closed")), answered("b", told("b", "k", "open", words))],
      AT,
    );
    expect(fleet.breakers[0]).toMatchObject(words);
  });

  test("an instance that cannot be read is unknown for each breaker: a closed one is not reported closed", () => {
    const words = { since: AT, retryAt: AT };
    const fleet = foldFleet(
      [answered("a", told("a", "k", "closed", words), told("a", "o", "open")), dead("b"), dead("c")],
      AT,
    );
    expect(fleet.errors).toHaveLength(2);
    expect(fleet.breakers).toMatchObject([
      { key: "o", state: "open", nativeState: "OPEN", instances: { total: 3, open: 1, unknown: 2 } },
      {
        key: "k",
        state: "unknown",
        nativeState: null,
        reason: "2 of 3 instances could not be read",
        since: null,
        retryAt: null,
        instances: { total: 3, closed: 1, unknown: 2 },
      },
    ]);
  });

  test("counts add up over those that told them", () => {
    const counts = (failures: number | null) => ({
      counts: { failures, successes: null, calls: 10, rejected: null, scope: "window" as const },
    });
    const fleet = foldFleet(
      [answered("a", told("a", "k", "open", counts(3))), answered("b", told("b", "k", "open", counts(null)))],
      AT,
    );
    expect(fleet.breakers[0]?.counts).toEqual({
      failures: 3,
      successes: null,
      calls: 20,
      rejected: null,
      scope: "window",
    });
  });

  test.each([
    [[5, 5, 5], 5],
    [[5, 7, 7], null],
    [[7, 5, 7], null],
    [[5, null, 5], null],
    [[null, null], null],
  ])("a threshold of %o is %o", (values, folded) => {
    const readings = values.map((value, index) =>
      answered(`i${index}`, told(`i${index}`, "k", "closed", { thresholds: { failureThreshold: value } })),
    );
    expect(foldFleet(readings, AT).breakers[0]?.thresholds).toEqual({ failureThreshold: folded });
  });
});

describe("a fleet", () => {
  test("is listed worst first, then by group and key", () => {
    const names = foldFleet(
      [
        answered(
          "a",
          told("a", "z", "closed"),
          told("a", "b", "closed", { group: "y" }),
          told("a", "a", "closed", { group: "y" }),
          told("a", "c", "closed", { group: "x" }),
          told("a", "m", "half_open"),
          told("a", "n", "open"),
        ),
      ],
      AT,
    ).breakers.map(({ group, key }) => `${group ?? ""}/${key}`);
    expect(names).toEqual(["/n", "/m", "/z", "x/c", "y/a", "y/b"]);
  });

  test("keeps equal keys of different groups apart", () => {
    const fleet = foldFleet(
      [answered("a", told("a", "k", "open", { group: "x" }), told("a", "k", "closed", { group: "y" }))],
      AT,
    );
    expect(fleet.breakers.map(({ group, state }) => [group, state])).toEqual([
      ["x", "open"],
      ["y", "closed"],
    ]);
  });

  test("of nothing is empty; of dead instances only, nothing is known", () => {
    expect(foldFleet([], AT)).toEqual({ observedAt: AT, readings: [], breakers: [], errors: [] });
    expect(foldFleet([dead("a")], AT)).toMatchObject({ breakers: [], errors: [{ instance: "a" }] });
  });

  test("sums up by worst state, and counts the mixed ones", () => {
    const fleet = foldFleet(
      [
        answered("a", told("a", "k", "open"), told("a", "l", "closed")),
        answered("b", told("b", "k", "closed"), told("b", "l", "closed")),
      ],
      AT,
    );
    expect(summarise(fleet.breakers)).toEqual({ ...countStates(["open", "closed"]), mixed: 1 });
  });
});
