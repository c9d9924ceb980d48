import { describe, expect, test } from "vitest";
import { countsByPlace } from "../../src/domain/metric-counts.ts";
import type { Labels, MetricSample } from "../../src/domain/metric-series.ts";

const sample = (labels: Labels, value: number): MetricSample => ({ labels, value, at: 0 });
const instanceOf = (labels: Labels) => labels["instance"] ?? "here";

describe("calls counted by metrics", () => {
  test.each([
    ["series that differ in other labels are added up", [2, 3], 5],
    ["zero is zero", [0], 0],
    ["NaN makes the sum not told", [2, Number.NaN], null],
    ["so does infinity", [Number.POSITIVE_INFINITY, 1], null],
  ])("%s", (_, values, failures) => {
    const samples = values.map((value, index) => sample({ id: "a", code: String(index) }, value));
    const [place] = countsByPlace({ failures: samples }, { key: "id" }, instanceOf).values();
    expect(place).toEqual({
      key: "a",
      group: null,
      instance: "here",
      counts: { failures, successes: null, calls: null, rejected: null, scope: "lifetime" },
    });
  });

  test("every breaker at every instance has its own, of all counters", () => {
    const counted = {
      failures: [sample({ id: "a", team: "x", instance: "1" }, 1), sample({ id: "a", instance: "1" }, 2)],
      calls: [
        sample({ id: "a", team: "x", instance: "1" }, 9),
        sample({ id: "a", team: "x", instance: "2" }, 8),
      ],
    };
    const places = [...countsByPlace(counted, { key: "id", group: "team" }, instanceOf).values()];
    expect(
      places.map(({ group, instance, counts }) => [group, instance, counts.failures, counts.calls]),
    ).toEqual([
      ["x", "1", 1, 9],
      [null, "1", 2, null],
      ["x", "2", null, 8],
    ]);
  });

  test("a series that names no breaker is of none", () => {
    expect(countsByPlace({ failures: [sample({ other: "a" }, 1)] }, { key: "id" }, instanceOf).size).toBe(0);
  });
});
