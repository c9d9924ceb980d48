import { performance } from "node:perf_hooks";
import { describe, expect, it } from "vitest";
import { statusCsv, statusTable } from "../../src/views/text/status.ts";
import type { ViewOptions } from "../../src/views/view.ts";
import { breakerList, OPENED, PIPED, reading, TERMINAL_80 } from "./samples.ts";

const FEW = 2_500;
const MANY = 10_000;

function listOf(count: number) {
  return breakerList([
    Array.from({ length: count }, (_, index) =>
      index % 50 === 0
        ? { ...OPENED, key: `決済-${index}` }
        : reading(`payments-eu-${index}`, "closed", { group: `group-${index % 40}` }),
    ),
  ]);
}

/** The best of several runs, so that a busy machine does not count. */
function fastest(run: () => number): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    expect(run()).toBeGreaterThan(0);
    return performance.now() - start;
  });
  return Math.min(...times);
}

describe("10,000 breakers", () => {
  const few = listOf(FEW);
  const many = listOf(MANY);

  it.each([
    ["piped", PIPED],
    ["piped, wide", { ...PIPED, wide: true }],
    ["on a terminal", TERMINAL_80],
  ] as readonly (readonly [string, ViewOptions])[])(
    "take about four times as long as 2,500: %s",
    (where, options) => {
      const [small, large] = [few, many].map((list) => fastest(() => [...statusTable(list, options)].length));
      const ratio = (large ?? Number.POSITIVE_INFINITY) / (small ?? 0);
      process.stdout.write(
        `${where}: ${small?.toFixed(1)} ms, ${large?.toFixed(1)} ms, ratio ${ratio.toFixed(1)}\n`,
      );
      expect(ratio).toBeLessThan(8);
    },
  );

  it("are all there, whole where they are piped", () => {
    expect([...statusTable(many, PIPED)].length).toBe(MANY + 1);
    expect([...statusTable(many, PIPED)].filter((line) => line.includes("…"))).toEqual([]);
    expect([...statusTable(many, TERMINAL_80)].length).toBe(MANY + 2);
    expect([...statusCsv(many)].length).toBe(MANY + 1);
  });
});
