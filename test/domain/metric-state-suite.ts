import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BreakerState } from "../../src/domain/breaker.ts";
import type { Labels } from "../../src/domain/metric-series.ts";
import type { StateFromMetrics } from "../../src/domain/system.ts";
import { driverFor, METRICS_SERVERS, type MetricsServer } from "../drivers/metrics/metrics-servers.ts";
import { readStates, seriesOfCase, type WrittenSeries } from "./metric-state-fixture.ts";

export interface StateCase {
  readonly what: string;
  readonly ways: readonly StateFromMetrics[];
  readonly series: readonly WrittenSeries[];
  readonly match?: Labels;
  readonly says: BreakerState | "nothing";
  /** In the reason and in what decided. */
  readonly because?: RegExp;
  /** VictoriaMetrics keeps no NaN: there the value before stays the last. */
  readonly holdsNaN?: true;
}

/** Every case on real servers, each with its series under a label of its own that `match` asks for. */
export function stateSuite(table: string, cases: readonly StateCase[]): void {
  const at = Math.floor(Date.now() / 1000) * 1000;
  describe.each(Object.entries(METRICS_SERVERS))(`${table}, read from %s`, (serverName, start) => {
    let server: MetricsServer;

    beforeAll(async () => {
      server = await start();
      await server.write(cases.flatMap(({ series, what }) => seriesOfCase(series, what, at)));
    });

    afterAll(() => server.stop());

    const tried = cases.filter(({ holdsNaN }) => !holdsNaN || serverName.startsWith("Prometheus"));
    it.each(tried)("$what: $says", async ({ what, ways, match, says, because }) => {
      const words = { words: { half_open: ["PROBING"] } };
      const readings = await readStates(driverFor(server.url), ways, { ...match, case: what }, at, words);
      const told = readings.map(({ state, decidedBy }) => ({ state, decided: decidedBy !== null }));
      expect(told).toEqual(says === "nothing" ? [] : [{ state: says, decided: says !== "unknown" }]);
      const said = readings.map(({ decidedBy, reason }) => `${decidedBy ?? ""}|${reason ?? ""}`).join();
      expect(said).toMatch(because ?? /^/);
    });
  });
}
