import { describe, expect, test } from "vitest";
import { BREAKER_STATES, type Breaker, type BreakerState } from "../../src/domain/breaker.ts";
import { countStates } from "../../src/domain/fleet.ts";
import {
  judgeBreaker,
  judgeBreakers,
  measureNames,
  measuresOf,
  measuresOfBreaker,
} from "../../src/domain/measure.ts";
import type { Condition } from "../../src/domain/vocabulary/condition.ts";

/** A breaker whose instances are in these states. */
function breaker(...states: BreakerState[]): Breaker {
  return {
    key: states.join("+"),
    group: null,
    state: BREAKER_STATES.find((state) => states.includes(state)) ?? "unknown",
    nativeState: null,
    reason: null,
    since: null,
    retryAt: null,
    instances: countStates(states),
    counts: { failures: null, successes: null, calls: null, rejected: null, scope: null },
    thresholds: {},
  };
}

describe("measuresOf", () => {
  test("counts pairs of breaker and instance", () => {
    expect(
      measuresOf([
        breaker("open", "closed"),
        breaker("forced_open", "half_open"),
        breaker("unknown", "disabled"),
      ]),
    ).toEqual({
      total: 6,
      open: 1,
      forcedOpen: 1,
      halfOpen: 1,
      unknown: 1,
      disabled: 1,
      metricsOnly: 0,
      closed: 1,
      openShare: 2 / 6,
      notClosedShare: 5 / 6,
    });
  });

  test("of nothing there is nothing to count", () => {
    expect(new Set(Object.values(measuresOf([])))).toEqual(new Set([null]));
  });

  test("has exactly the names that a rule may refer to", () => {
    expect(Object.keys(measuresOf([breaker("open")])).sort()).toEqual([...measureNames("group")].sort());
    expect(measureNames("context")).toEqual(measureNames("group"));
    const { instances, ...own } = measuresOfBreaker(breaker("open"));
    const names = [...Object.keys(own), ...Object.keys(instances).map((name) => `instances.${name}`)];
    expect(names.sort()).toEqual([...measureNames("breaker")].sort());
  });
});

describe("judgeBreakers", () => {
  const anyOpen: Condition = { ref: "openShare", gt: 0 };
  const majority: Condition = { ref: "openShare", gt: 0.5 };
  const allOpen: Condition = {
    all: [
      { ref: "total", gt: 1 },
      { ref: "openShare", eq: 1 },
    ],
  };
  const halfOpen: Condition = { ref: "halfOpen", gt: 0 };
  const unknown: Condition = { ref: "unknown", gt: 0 };
  const notClosed: Condition = { ref: "notClosedShare", gt: 0 };

  test.each([
    ["one open", anyOpen, ["open", "closed"], true],
    ["one forced open", anyOpen, ["forced_open", "closed"], true],
    ["none open", anyOpen, ["closed", "half_open", "disabled"], false],
    ["none open, one not read", anyOpen, ["closed", "unknown"], null],
    ["one open, one not read", anyOpen, ["open", "unknown"], true],
    ["exactly half is no majority", majority, ["open", "closed"], false],
    ["two of three", majority, ["open", "forced_open", "closed"], true],
    ["two of four, the fourth not read", majority, ["open", "open", "closed", "unknown"], null],
    ["three of five, two not read", majority, ["open", "open", "open", "unknown", "unknown"], true],
    ["one of five, one not read", majority, ["open", "closed", "closed", "closed", "unknown"], false],
    ["all of two", allOpen, ["open", "open"], true],
    ["all of one", allOpen, ["open"], false],
    ["all but one not read", allOpen, ["open", "unknown"], null],
    ["one closed, one not read", allOpen, ["closed", "unknown"], false],
    ["one half open", halfOpen, ["half_open", "closed"], true],
    ["one not read, which may be half open", halfOpen, ["open", "unknown"], null],
    ["what is not read is a fact", unknown, ["closed", "unknown"], true],
    ["all is read", unknown, ["closed", "open"], false],
    ["disabled is not closed", notClosed, ["closed", "disabled"], true],
    ["not read may be closed", notClosed, ["closed", "unknown"], null],
    ["nothing at all", anyOpen, [], null],
  ] as [string, Condition, BreakerState[], boolean | null][])("%s", (_, condition, states, truth) => {
    expect(
      judgeBreakers(
        condition,
        states.map((state) => breaker(state)),
      ),
    ).toBe(truth);
    expect(judgeBreakers(condition, states.length > 0 ? [breaker(...states)] : [])).toBe(truth);
  });
});

describe("judgeBreaker", () => {
  test.each([
    ["its state is the worst of its instances", { ref: "state", eq: "open" }, ["closed", "open"], true],
    ["an open instance stays the worst", { ref: "state", eq: "open" }, ["open", "unknown"], true],
    ["an instance that was not read may be open", { ref: "state", eq: "open" }, ["closed", "unknown"], null],
    ["a forced breaker cannot be closed", { ref: "state", eq: "closed" }, ["forced_open", "unknown"], false],
    ["counts of its instances", { ref: "instances.open", gte: 2 }, ["open", "open", "closed"], true],
    ["counts that may be more", { ref: "instances.open", gte: 2 }, ["open", "unknown", "closed"], null],
    ["its share", { ref: "openShare", gte: 0.5 }, ["open", "closed"], true],
  ] as [string, Condition, BreakerState[], boolean | null][])("%s", (_, condition, states, truth) => {
    expect(judgeBreaker(condition, breaker(...states))).toBe(truth);
  });
});
