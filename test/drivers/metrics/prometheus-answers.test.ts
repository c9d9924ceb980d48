import { afterEach, describe, expect, it } from "vitest";
import type { QueryValue } from "../../../src/drivers/metrics/driver.ts";
import { requireComplete, requireSome } from "../../../src/drivers/metrics/prometheus-errors.ts";
import { serveHttp, type TestServer } from "../../support/http-servers.ts";
import { driverFor } from "./metrics-servers.ts";

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function answering(body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  server = await serveHttp((_, response) => response.end(text));
  return driverFor(server.url);
}

const empty = { resultType: "vector", result: [] };

describe("an answer is complete unless something may be missing", () => {
  it.each([
    ["nothing is said", {}, true],
    ["Prometheus warns of the query", { warnings: ['PromQL warning: bucket label "le" is missing'] }, true],
    ["Prometheus informs of the query", { infos: ["PromQL info: metric might not be a counter"] }, true],
    ["VictoriaMetrics says it is partial", { isPartial: true }, false],
    ["VictoriaMetrics says it is not", { isPartial: false }, true],
    [
      "Thanos lost a store",
      {
        warnings: [
          "failed to receive any data in 30s from Addr: thanos-store.sys-prom:10901 Labels: [] Mint: 1555545600000 Maxt: 1557223200000: context deadline exceeded",
        ],
      },
      false,
    ],
    ["Thanos asked nobody", { warnings: ["No StoreAPIs matched for this query"] }, false],
    ["Thanos says so beside the result", { data: { ...empty, warnings: ["store down"] } }, false],
    ["a remote read failed", { warnings: ["remote_read: server returned HTTP status 500"] }, false],
  ])("%s", async (_, said, complete) => {
    const driver = await answering({ status: "success", data: empty, ...said });
    expect(await driver.query("up", 0)).toMatchObject({ complete, data: { type: "vector", samples: [] } });
  });

  it("and brings the warnings and infos along", async () => {
    const driver = await answering({ status: "success", data: empty, warnings: ["a", 5], infos: ["b"] });
    expect(await driver.query("up", 0)).toMatchObject({ warnings: ["a"], infos: ["b"] });
  });
});

describe("who needs data says so", () => {
  const answered = { warnings: ["store down"], infos: [], data: [1] };

  it("all of it", () => {
    expect(requireComplete({ ...answered, complete: true }, "up")).toEqual([1]);
    expect(() => requireComplete({ ...answered, complete: false }, "up")).toThrow(
      expect.objectContaining({
        message: "Prometheus answered only in part: up",
        reason: "store down",
        code: "no-data",
        exitCode: 9,
      }),
    );
  });

  it("some of it", () => {
    expect(requireSome([0], "up")).toEqual([0]);
    expect(() => requireSome([], "up")).toThrow(
      expect.objectContaining({
        message: "Prometheus has no data for up",
        exitCode: 9,
        hint: expect.stringMatching(/match:/),
      }),
    );
  });
});

describe("values", () => {
  it.each<[string, unknown, QueryValue]>([
    ["NaN", "NaN", { type: "scalar", at: 1500, value: Number.NaN }],
    ["+Inf", "+Inf", { type: "scalar", at: 1500, value: Number.POSITIVE_INFINITY }],
    ["-Inf", "-Inf", { type: "scalar", at: 1500, value: Number.NEGATIVE_INFINITY }],
    ["exponents", "1e+06", { type: "scalar", at: 1500, value: 1_000_000 }],
    ["nothing", "", { type: "scalar", at: 1500, value: Number.NaN }],
    ["words", "many", { type: "scalar", at: 1500, value: Number.NaN }],
  ])("%s", async (_, value, read) => {
    const driver = await answering({
      status: "success",
      data: { resultType: "scalar", result: [1.5, value] },
    });
    expect((await driver.query("x", 0)).data).toEqual(read);
  });

  it("a histogram is there and is no number", async () => {
    const histogram = [1, { count: "5", sum: "2" }];
    const driver = await answering({
      status: "success",
      data: { resultType: "vector", result: [{ metric: {}, histogram }] },
    });
    expect((await driver.query("x", 0)).data).toEqual({
      type: "vector",
      samples: [{ labels: {}, at: 1000, value: Number.NaN }],
    });
  });

  it("names and words from the network are cleaned", async () => {
    const metric = { "k\u202e": "a\u0007b" };
    const driver = await answering({
      status: "success",
      data: { resultType: "vector", result: [{ metric, value: [1, "1"] }] },
    });
    expect((await driver.query("x", 0)).data).toMatchObject({
      samples: [{ labels: { "k\ufffd": "a\ufffdb" } }],
    });
  });
});

it("reads targets, rules and alerts", async () => {
  const target = {
    labels: { job: "a" },
    scrapeUrl: "http://a/metrics",
    health: "down",
    lastError: "refused",
  };
  const rule = { name: "R", query: "up", type: "recording", labels: {}, health: "ok" };
  const alert = { labels: { alertname: "A" }, annotations: { summary: "s" }, state: "firing" };
  const answers: Record<string, unknown> = {
    targets: { activeTargets: [{ ...target, lastScrape: "0001-01-01T00:00:00Z" }] },
    rules: { groups: [{ name: "g", rules: [rule, { ...rule, type: "alerting", lastError: "bad" }] }] },
    alerts: { alerts: [{ ...alert, activeAt: "2026-01-02T03:04:05Z", value: "1e+00" }] },
  };
  server = await serveHttp((request, response) => {
    const [, path = ""] = /\/api\/v1\/(\w+)/.exec(request.url ?? "") ?? [];
    response.end(JSON.stringify({ status: "success", data: answers[path] }));
  });
  const driver = driverFor(server.url);
  expect((await driver.targets()).data).toEqual([
    {
      labels: { job: "a" },
      url: "http://a/metrics",
      health: "down",
      lastError: "refused",
      lastScrapeAt: null,
    },
  ]);
  expect((await driver.rules()).data).toEqual([
    { name: "R", group: "g", kind: "recording", query: "up", labels: {}, health: "ok", lastError: null },
    { name: "R", group: "g", kind: "alerting", query: "up", labels: {}, health: "ok", lastError: "bad" },
  ]);
  expect((await driver.alerts()).data).toEqual([{ ...alert, activeAt: "2026-01-02T03:04:05Z" }]);
});
