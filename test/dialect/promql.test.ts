import { describe, expect, it } from "vitest";
import {
  breakerLabels,
  metricStateWords,
  promqlDuration,
  promqlString,
  selectorOf,
  stateQueries,
} from "../../src/dialect/promql.ts";

it.each([
  ["plain", '"plain"'],
  ['a"b', '"a\\"b"'],
  ["a\\b\nc\td", '"a\\\\b\\nc\\td"'],
  ["\u0001", '"\\u0001"'],
  ["half \ud83d", '"half \ufffd"'],
  ["😀", '"😀"'],
])("the literal of %j", (text, literal) => expect(promqlString(text)).toBe(literal));

it.each([
  [90_000, "90s"],
  [1_500, "1500ms"],
  [3_600_000, "3600s"],
])("%i ms as a duration", (ms, duration) => expect(promqlDuration(ms)).toBe(duration));

it.each([
  ["calls", {}, "calls"],
  ["calls", { a: "b" }, 'calls{a="b"}'],
  ['calls{kind="bad"}', { a: "b" }, 'calls{kind="bad",a="b"}'],
  ['calls{kind="bad", }', { a: "b" }, 'calls{kind="bad",a="b"}'],
  ["calls{ }", { a: "b", c: "d" }, 'calls{a="b",c="d"}'],
])("%s held to %j", (series, labels, selector) => expect(selectorOf(series, labels)).toBe(selector));

describe("the queries of a system", () => {
  const metrics = {
    labels: { key: "id", group: "team" },
    state: [
      { series: "status", label: "status" },
      { transitions: 'changes{real="yes"}', from: "from", to: "to" },
      { remaining: "left_ms" },
    ],
    series: {},
  };

  it("ask for the past only where it matters, with match in each", () => {
    expect(stateQueries(metrics, { env: "prod" }, 3_600_000)).toEqual([
      { now: 'status{env="prod"}', past: null },
      { now: 'changes{real="yes",env="prod"}', past: 'changes{real="yes",env="prod"}[3600s]' },
      { now: 'left_ms{env="prod"}', past: 'left_ms{env="prod"}[3600s]' },
    ]);
  });

  it("are none where the document names none", () => {
    expect(stateQueries({ labels: {}, series: {} }, {}, 1)).toEqual([]);
  });

  it.each([
    [
      { key: "a", group: "b" },
      { id: "a", team: "b" },
    ],
    [{ key: "a", group: null }, { id: "a" }],
  ])("for %j alone", (breaker, labels) => expect(breakerLabels(metrics, breaker)).toEqual(labels));
});

it.each([
  ["PROBING", "half_open"],
  ["probing", "half_open"],
  ["Closed", "closed"],
  ["GONE", undefined],
  ["opened", undefined],
  ["1", undefined],
])("the word %s", (word, state) => {
  expect(metricStateWords({ words: { half_open: ["PROB*"], unknown: ["opened"] } })(word)).toBe(state);
});
