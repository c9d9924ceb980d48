import { describe, expect, test } from "vitest";
import { breakerReader } from "../../src/dialect/breakers.ts";
import type { Read, System } from "../../src/domain/system.ts";
import { readOf, systemOf } from "./system-fixture.ts";

/** What a system with this `read` makes of an answer. */
function read(answer: unknown, more: Partial<Read> = {}, system: Partial<System> = {}) {
  return breakerReader(systemOf(system), readOf(more))(answer, "a");
}

const states = (readings: ReturnType<typeof read>) => readings.map(({ key, state }) => [key, state]);

describe("entries", () => {
  const open = { id: "k1", state: "open" };
  const closed = { id: "k2", state: "closed" };
  const both = [
    ["k1", "open"],
    ["k2", "closed"],
  ];

  test.each([
    ["a bare list", [open, closed], { key: { at: "id" } }],
    ["a list within", { data: { items: [open, closed] } }, { items: "data.items", key: { at: "id" } }],
    ["a map", { k1: { state: "open" }, k2: { state: "closed" } }, {}],
    ["a map within", { breakers: { k1: { state: "open" }, k2: { state: "closed" } } }, { items: "breakers" }],
    ["a map of bare words", { k1: "open", k2: "closed" }, { state: { at: "@" } }],
    ["a map whose items bring their key", { x: open, y: closed }, { key: { at: "id" } }],
    ["lists in lists, flattened", [[open], [closed]], { items: "[]", key: { at: "id" } }],
    [
      "bare words that hold both",
      ["k1=open", "k2=closed"],
      { key: { at: "split(@, '=')[0]" }, state: { at: "split(@, '=')[1]" } },
    ],
  ] as [string, unknown, Partial<Read>][])("of %s", (_, answer, more) => {
    expect(states(read(answer, more))).toEqual(both);
  });

  test.each([
    ["an empty list", [], { key: { at: "id" } }],
    ["an empty map", { breakers: {} }, { items: "breakers" }],
  ])("of %s are none", (_, answer, more) => {
    expect(read(answer, more)).toEqual([]);
  });

  test("a map's own name stands in for a key that is missing or empty", () => {
    expect(
      states(read({ x: { state: "open" }, y: { id: "", state: "open" } }, { key: { at: "id" } })),
    ).toEqual([
      ["x", "open"],
      ["y", "open"],
    ]);
  });

  test.each([
    [
      "nothing where they should be",
      { data: {} },
      { items: "data.items" },
      'nothing is found at "data.items"',
    ],
    ["null", null, {}, 'nothing is found at "@"'],
    ["a text", "open", {}, 'nothing is found at "@"'],
    ["a number", 5, {}, 'nothing is found at "@"'],
    [
      "an item without a key",
      [open, { state: "open" }],
      { key: { at: "id" } },
      "item 2 of the list has no key",
    ],
    ["a null among the items", [null], { key: { at: "id" } }, "item 1 of the list has no key"],
    ["an error told with a 200", { detail: "Not Found" }, {}, "not one state in it is known"],
    [
      "states that are not one of them known",
      { k1: { state: "on" }, k2: {} },
      {},
      "not one state in it is known",
    ],
    ["an empty object where a list should be", {}, { key: { at: "id" } }, "it is an empty object"],
  ] as [string, unknown, Partial<Read>, string][])(
    "%s is not this system's shape",
    (_, answer, more, reason) => {
      expect(() => read(answer, more)).toThrow(
        expect.objectContaining({
          code: "not-understood",
          message: "the answer has not the shape of system acme",
          reason,
          hint: expect.stringContaining("cbctl context show"),
        }),
      );
    },
  );
});

describe("a state", () => {
  const good = { good: { state: "closed" } };
  const of = (value: unknown, more: Partial<Read> = {}) => read({ ...good, k: value }, more)[1];

  test.each([
    ["a word as systems spell it", { state: "HALF-OPEN" }, {}, "half_open", "HALF-OPEN", null],
    [
      "a word of the document",
      { state: "PROBING" },
      { state: { at: "state", words: { half_open: ["PROB*"] } } },
      "half_open",
      "PROBING",
      null,
    ],
    [
      "a number of the document",
      { state: 2 },
      { state: { at: "state", words: { open: [2] } } },
      "open",
      "2",
      null,
    ],
    ["a number is never guessed", { state: 0 }, {}, "unknown", "0", 'no known state: "0"'],
    ["a word nobody knows", { state: "fine" }, {}, "unknown", "fine", 'no known state: "fine"'],
    ["no state", {}, {}, "unknown", null, "the answer tells no state"],
    ["null", { state: null }, {}, "unknown", null, "the answer tells no state"],
    ["a flag", { state: true }, {}, "unknown", null, "the answer tells no state"],
    ["an object", { state: { name: "open" } }, {}, "unknown", null, "the answer tells no state"],
    ["an item that is null", null, {}, "unknown", null, "the answer tells no state"],
    ["an item that is a list", [], {}, "unknown", null, "the answer tells no state"],
    [
      "a value that means not told",
      { state: "n/a" },
      { state: { at: "state", unknown: ["n/a"] } },
      "unknown",
      null,
      "the answer tells no state",
    ],
  ] as const)("%s", (_, item, more, state, nativeState, reason) => {
    expect(of(item, more as Partial<Read>)).toMatchObject({ key: "k", state, nativeState, reason });
  });
});

describe("the other fields", () => {
  const more: Partial<Read> = {
    key: { at: "id" },
    group: { at: "provider" },
    labels: { tier: { at: "tier" }, kind: { of: "key", words: { canary: ["*-canary"], main: ["*"] } } },
    since: { at: "opened" },
    retryAt: { at: "next", unit: "ms" },
    lastFailure: { at: "failed" },
    reason: { at: "why" },
    counts: { failures: { at: "n.failures", unknown: [-1] }, calls: { at: "n.calls" } },
    countsScope: "window",
  };
  const thresholds = {
    in: "config",
    known: {
      failureThreshold: { as: "failure_threshold" },
      openDuration: { as: "wait.seconds", unit: "s" },
      enabled: { as: "on" },
      halfOpenMaxCalls: { as: "max_calls", writeOnly: true },
    },
  } as const;
  const whole = {
    id: "k1-canary",
    provider: 7,
    tier: "gold",
    state: "open",
    opened: "2026-03-01 12:00:00",
    next: 1_772_366_430_000,
    failed: null,
    why: "5 failures",
    n: { failures: 5, calls: 20 },
    config: { failure_threshold: 5, wait: { seconds: 60 }, on: true, max_calls: 3 },
  };

  test("are read in cbctl's words", () => {
    expect(read([whole], more, { thresholds })).toEqual([
      {
        key: "k1-canary",
        group: "7",
        labels: { tier: "gold", kind: "canary" },
        instance: "a",
        state: "open",
        nativeState: "open",
        reason: "5 failures",
        since: "2026-03-01T12:00:00.000Z",
        retryAt: "2026-03-01T12:00:30.000Z",
        lastFailureAt: null,
        counts: { failures: 5, successes: null, calls: 20, rejected: null, scope: "window" },
        thresholds: { failureThreshold: 5, openDurationMs: 60_000, enabled: true },
      },
    ]);
  });

  test.each([
    [
      "counts of a wrong type",
      { n: { failures: "5", calls: Number.NaN } },
      { counts: { failures: null, calls: null } },
    ],
    ["a negative count", { n: { failures: 1, calls: -3 } }, { counts: { failures: 1, calls: null } }],
    [
      "a count that says not told",
      { n: { failures: -1, calls: 0 } },
      { counts: { failures: null, calls: 0 } },
    ],
    ["no counts at all", { n: null }, { counts: { failures: null, calls: null } }],
    ["a time that is a word", { opened: "yesterday" }, { since: null }],
    ["a group that is an object", { provider: {} }, { group: null }],
    ["a label that is missing", { tier: null }, { labels: { kind: "canary" } }],
    ["a reason that is a flag", { why: false }, { reason: "false" }],
    [
      "thresholds of a wrong type",
      { config: { failure_threshold: "many", on: 1 } },
      { thresholds: { failureThreshold: null, openDurationMs: null, enabled: null } },
    ],
    [
      "no thresholds where they should be",
      { config: 5 },
      { thresholds: { failureThreshold: null, openDurationMs: null, enabled: null } },
    ],
  ])("%s: one odd value does not lose the others", (_, odd, seen) => {
    const [reading] = read([{ ...whole, ...odd }], more, { thresholds });
    expect(reading).toMatchObject({
      key: "k1-canary",
      state: "open",
      retryAt: "2026-03-01T12:00:30.000Z",
      ...seen,
    });
    expect(reading?.labels["tier"]).toBe("tier" in odd ? undefined : "gold");
  });
});
