import { afterEach, describe, expect, it } from "vitest";
import type { Auth } from "../../../src/domain/config.ts";
import { readCredentials } from "../../../src/drivers/calls/credentials.ts";
import { METRICS_DRIVERS } from "../../../src/drivers/metrics/index.ts";
import type { PrometheusOptions } from "../../../src/drivers/metrics/prometheus-exchange.ts";
import { builtinTransport } from "../../../src/host/http-builtin.ts";
import { httpClient } from "../../../src/host/http-exchange.ts";
import { makeCertificates } from "../../support/certificates.ts";
import { serveHttp, type TestServer } from "../../support/http-servers.ts";
import { driverFor } from "./metrics-servers.ts";

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const answer = JSON.stringify({ status: "success", data: { resultType: "matrix", result: [] } });

async function seenOf(ask: (url: string) => Promise<unknown>) {
  server = await serveHttp((_, response) => response.end(answer));
  await ask(server.url).catch(() => undefined);
  const [seen] = server.requests;
  if (!seen) throw new Error("nothing was asked");
  return seen;
}

describe("a question on the wire", () => {
  it("is a form that is posted, below the path prefix", async () => {
    const query = 'up{a="&=+ ü"}';
    const seen = await seenOf((url) => driverFor(`${url}/mimir/prom/`).query(query, 1_500));
    expect(seen).toMatchObject({ method: "POST", path: "/mimir/prom/api/v1/query" });
    expect(seen.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(Object.fromEntries(new URLSearchParams(seen.body))).toEqual({
      query,
      time: "1.5",
      timeout: "9000ms",
      nocache: "1",
    });
  });

  it("asks for a range in seconds", async () => {
    const seen = await seenOf((url) =>
      driverFor(url).queryRange("up", { startMs: 1_000, endMs: 61_000 }, 15_000),
    );
    expect(seen).toMatchObject({ method: "POST", path: "/api/v1/query_range" });
    expect(seen.body).toBe("query=up&start=1&end=61&step=15&timeout=9000ms");
  });

  it("lists by GET", async () => {
    const seen = await seenOf((url) =>
      driverFor(url).series(['a{b="c"}', "d"], { startMs: 0, endMs: 1_000 }),
    );
    expect(seen).toMatchObject({ method: "GET", body: "" });
    expect(seen.path).toBe("/api/v1/series?match%5B%5D=a%7Bb%3D%22c%22%7D&match%5B%5D=d&start=0&end=1");
  });

  it.each([
    ["targets", "/api/v1/targets?state=active"],
    ["rules", "/api/v1/rules"],
    ["alerts", "/api/v1/alerts"],
  ] as const)("of %s", async (name, path) => {
    expect((await seenOf((url) => driverFor(url)[name]())).path).toBe(path);
  });
});

describe("who asks", () => {
  const secrets = { read: async () => "hunter2", register: () => undefined, redact: (text: string) => text };
  const withAuth = (auth: Auth): Partial<PrometheusOptions> => ({
    credentials: () => readCredentials(auth, "/", secrets),
  });
  const password = { env: "X" };

  it.each<[string, Auth, string, string]>([
    ["a bearer token", { bearer: password }, "authorization", "Bearer hunter2"],
    ["a user", { basic: { user: "ops", password } }, "authorization", `Basic ${btoa("ops:hunter2")}`],
    ["a header", { header: { name: "X-Api-Key", value: password } }, "x-api-key", "hunter2"],
  ])("by %s", async (_, auth, name, value) => {
    const seen = await seenOf((url) => driverFor(url, withAuth(auth)).query("up", 0));
    expect(seen.headers[name]).toBe(value);
  });

  it("for which tenant", async () => {
    const seen = await seenOf((url) =>
      driverFor(url, { headers: { "X-Scope-OrgID": "team" } }).query("up", 0),
    );
    expect(seen.rawHeaders).toContain("X-Scope-OrgID");
    expect(seen.headers["x-scope-orgid"]).toBe("team");
  });

  it("by a client certificate, over TLS", async () => {
    const { ca, server: own, client } = makeCertificates();
    server = await serveHttp((_, response) => response.end(answer), {
      ...own,
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const driver = driverFor(server.url, { tls: async () => ({ ca, ...client }) });
    expect((await driver.query("up", 0)).data).toEqual({ type: "matrix", series: [] });
    await expect(driverFor(server.url).query("up", 0)).rejects.toMatchObject({
      code: "unreachable",
      exitCode: 9,
    });
  });
});

it("is told of for -v, without its headers", async () => {
  const lines: string[] = [];
  await seenOf((url) => driverFor(url, { trace: (line) => lines.push(line) }).query("up", 0));
  expect(lines).toEqual([
    expect.stringMatching(/^> POST http:\/\/.*\/api\/v1\/query query=up&time=0&/),
    expect.stringMatching(/^< 200 http:.* \d+ bytes$/),
  ]);
});

it("is loaded by its name", async () => {
  server = await serveHttp((_, response) => response.end(answer));
  const driver = await METRICS_DRIVERS.prometheus({
    http: httpClient(builtinTransport()),
    url: server.url,
    headers: {},
    credentials: async () => ({}),
    tls: async () => null,
    timeoutMs: 1_000,
    maxBytes: 1_000,
    signal: new AbortController().signal,
    userAgent: "cbctl/test",
    redact: (text) => text,
    trace: () => undefined,
  });
  expect((await driver.query("up", 0)).complete).toBe(true);
});
