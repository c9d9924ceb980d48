import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { driverFor, METRICS_SERVERS, type MetricsServer } from "./metrics-servers.ts";

const at = Math.floor(Date.now() / 1000) * 1000;
const minutes = (count: number) => count * 60_000;

describe.each(Object.entries(METRICS_SERVERS))("%s", (serverName, start) => {
  let server: MetricsServer;
  const driver = () => driverFor(server.url);

  beforeAll(async () => {
    server = await start();
    const values = [1, 2, Number.POSITIVE_INFINITY];
    await server.write([
      {
        labels: { __name__: "calls", key: "a", zone: "ü “x”" },
        samples: values.map((value, index) => ({ value, at: at - minutes(2 - index) })),
      },
      { labels: { __name__: "calls", key: "b" }, samples: [{ value: 0.25, at }] },
    ]);
  });

  afterAll(() => server.stop());

  it("answers a vector", async () => {
    expect(await driver().query('calls{key="b"}', at)).toEqual({
      data: { type: "vector", samples: [{ labels: { __name__: "calls", key: "b" }, at, value: 0.25 }] },
      warnings: [],
      infos: [],
      complete: true,
    });
  });

  it("answers the points of a while, each with its own time", async () => {
    const { data } = await driver().query('calls{key="a"}[5m]', at);
    expect(data).toEqual({
      type: "matrix",
      series: [
        {
          labels: { __name__: "calls", key: "a", zone: "ü “x”" },
          points: [
            { at: at - minutes(2), value: 1 },
            { at: at - minutes(1), value: 2 },
            { at, value: Number.POSITIVE_INFINITY },
          ],
        },
      ],
    });
  });

  it.each([
    ["vector(1) / 0", Number.POSITIVE_INFINITY],
    ["-1 * vector(1) / 0", Number.NEGATIVE_INFINITY],
    ["vector(1e300)", 1e300],
    ["vector(-0.5)", -0.5],
  ])("reads the number of %s", async (query, value) => {
    expect((await driver().query(query, at)).data).toMatchObject({ samples: [{ value }] });
  });

  it("takes NaN for what it is, or is told nothing", async () => {
    const { data } = await driver().query("vector(0) / 0", at);
    const samples = serverName.startsWith("Prometheus") ? [{ labels: {}, at, value: Number.NaN }] : [];
    expect(data).toEqual({ type: "vector", samples });
  });

  it("answers an empty vector where nothing matches", async () => {
    expect((await driver().query("nothing", at)).data).toEqual({ type: "vector", samples: [] });
  });

  it("answers steps over a range", async () => {
    const range = { startMs: at - minutes(2), endMs: at - minutes(1) };
    const { data } = await driver().queryRange('calls{key="a"} + 1', range, 60_000);
    expect(data.map(({ points }) => points)).toEqual([
      [
        { at: range.startMs, value: 2 },
        { at: range.endMs, value: 3 },
      ],
    ]);
  });

  it("lists series by several selectors", async () => {
    const range = { startMs: at - minutes(5), endMs: at };
    const { data } = await driver().series(['calls{key="a"}', 'calls{key="b"}'], range);
    expect(data.map(({ key }) => key).sort()).toEqual(["a", "b"]);
  });

  it("lists what it scrapes, judges and raises: nothing here", async () => {
    const all = await Promise.all([driver().targets(), driver().rules(), driver().alerts()]);
    expect(all.map(({ data }) => data)).toEqual([[], [], []]);
  });

  it("says that it does not understand a query, and where", async () => {
    await expect(driver().query("calls{", at)).rejects.toMatchObject({
      code: "not-understood",
      exitCode: 9,
      message: serverName.startsWith("Prometheus")
        ? `Prometheus at ${server.url} does not understand the query (bad_data)`
        : `Prometheus at ${server.url} cannot carry out the query (422)`,
      reason: expect.stringMatching(/unexpected/),
      hint: expect.stringMatching(/./),
      where: server.url,
    });
  });

  it("says that it cannot carry out a query", async () => {
    await expect(driver().query('label_replace(calls, "a", "b", "key", "(")', at)).rejects.toMatchObject({
      code: "not-understood",
      exitCode: 9,
      message: expect.stringMatching(/cannot carry out the query \((execution|422)\)$/),
    });
  });
});
