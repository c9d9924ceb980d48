import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPrometheus } from "../../src/sandbox/prometheus.ts";
import { type TimeSeries, writeSeries } from "../../src/sandbox/remote-write.ts";
import type { ServerProcess } from "../../src/sandbox/server-process.ts";
import { part } from "./parts.ts";

let folder: string;
let prometheus: ServerProcess;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "cbctl-write-"));
  prometheus = await startPrometheus(part("prometheus"), folder, [], null);
});

afterAll(async () => {
  await prometheus.stop();
  rmSync(folder, { recursive: true });
});

/** The samples of a series in the last two hours, as `[seconds, "value"]`. */
async function readBack(selector: string) {
  const reply = await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(`${selector}[2h]`)}`);
  return JSON.parse(await reply.text()).data.result;
}

const now = Math.floor(Date.now() / 1000) * 1000;

describe("what is written is read back", () => {
  it("with its labels, values and times", async () => {
    const series: TimeSeries = {
      labels: { zone: "ü → “x”", __name__: "some_gauge", instance: "127.0.0.1:1" },
      samples: [
        { value: 0, at: now - 3_600_000 },
        { value: -1.5, at: now - 30_000 },
        { value: 1e300, at: now - 15_000 },
        { value: 3, at: now },
      ],
    };
    await writeSeries(prometheus.url, [series]);
    expect(await readBack("some_gauge")).toEqual([
      {
        metric: series.labels,
        values: [
          [now / 1000 - 3600, "0"],
          [now / 1000 - 30, "-1.5"],
          [now / 1000 - 15, "1e+300"],
          [now / 1000, "3"],
        ],
      },
    ]);
  });

  it.each([
    { labels: 1, bytes: "few" },
    { labels: 300, bytes: "more than one chunk of 64 KiB" },
  ])("in $bytes", async ({ labels }) => {
    const series = Array.from({ length: labels }, (_, number) => ({
      labels: { __name__: `many_${labels}`, number: String(number), long: "x".repeat(300) },
      samples: [{ value: number, at: now }],
    }));
    await writeSeries(prometheus.url, series);
    expect(await readBack(`many_${labels}`)).toHaveLength(labels);
  });

  it("until it is gone: the present no longer has it", async () => {
    const labels = { __name__: "gone_gauge" };
    const samples = [
      { value: 1, at: now - 60_000 },
      { value: "gone" as const, at: now - 45_000 },
    ];
    await writeSeries(prometheus.url, [
      { labels, samples },
      { labels: { __name__: "kept_gauge" }, samples: samples.slice(0, 1) },
    ]);
    const names = async (offset: string) => {
      const promql = `{__name__=~"(gone|kept)_gauge"}${offset}`;
      const reply = await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(promql)}`);
      const { result } = JSON.parse(await reply.text()).data;
      return result.map(({ metric }: { metric: { __name__: string } }) => metric.__name__).sort();
    };
    expect(await names("")).toEqual(["kept_gauge"]);
    expect(await names(" offset 50s")).toEqual(["gone_gauge", "kept_gauge"]);
  });

  it("when older samples follow newer ones", async () => {
    const write = (at: number, value: number) =>
      writeSeries(prometheus.url, [{ labels: { __name__: "late" }, samples: [{ value, at }] }]);
    await write(now, 2);
    await write(now - 3_600_000, 1);
    const [{ values }] = await readBack("late");
    expect(values.map(([, value]: [number, string]) => value)).toEqual(["1", "2"]);
  });
});

it("sends nothing where there is nothing", async () => {
  await writeSeries("http://127.0.0.1:9", []);
});

it("says why Prometheus refused", async () => {
  const tooOld = { labels: { __name__: "old" }, samples: [{ value: 1, at: now - 365 * 24 * 3_600_000 }] };
  await writeSeries(prometheus.url, [{ ...tooOld, samples: [{ value: 1, at: now }] }]);
  await expect(writeSeries(prometheus.url, [tooOld])).rejects.toThrow(
    "Prometheus did not take the samples: 500 too old sample",
  );
});
