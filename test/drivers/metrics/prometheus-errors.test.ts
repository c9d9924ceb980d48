import { afterEach, describe, expect, it } from "vitest";
import { CbctlError } from "../../../src/domain/errors.ts";
import type { PrometheusOptions } from "../../../src/drivers/metrics/prometheus-exchange.ts";
import { refusedUrl, serveHttp, type TestServer } from "../../support/http-servers.ts";
import { driverFor } from "./metrics-servers.ts";

let server: TestServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function failureOf(url: string, changes: Partial<PrometheusOptions> = {}): Promise<CbctlError> {
  const error = await driverFor(url, changes)
    .query("up", 0)
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof CbctlError)) throw error;
  return error;
}

const ofApi = (errorType: string, error: string) => JSON.stringify({ status: "error", errorType, error });

interface Case {
  readonly what: string;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
  readonly code: string;
  readonly message: RegExp;
  readonly reason?: RegExp;
  readonly hint: RegExp;
}

const CASES: Case[] = [
  {
    what: "400",
    status: 400,
    body: ofApi("bad_data", "1:5: parse error"),
    code: "not-understood",
    message: /does not understand the query \(bad_data\)/,
    reason: /^1:5: parse error$/,
    hint: /correct the query/,
  },
  {
    what: "422",
    status: 422,
    body: ofApi("execution", "too many samples"),
    code: "not-understood",
    message: /cannot carry out the query \(execution\)/,
    reason: /too many samples/,
    hint: /narrower match/,
  },
  {
    what: "422 of VictoriaMetrics",
    status: 422,
    body: ofApi("422", "error when executing"),
    code: "not-understood",
    message: /cannot carry out the query \(422\)/,
    reason: /error when executing/,
    hint: /narrower/,
  },
  {
    what: "422 of Mimir, which answers nothing rather than a part",
    status: 422,
    body: ofApi("execution", "failed to fetch some blocks (err-mimir-store-consistency-check-failed)"),
    code: "not-understood",
    message: /cannot carry out/,
    reason: /err-mimir-store-consistency/,
    hint: /./,
  },
  {
    what: "503 after a timeout",
    status: 503,
    body: ofApi("timeout", "query timed out in expression evaluation"),
    code: "timed-out",
    message: /gave up the query \(timeout\)/,
    reason: /timed out in/,
    hint: /--timeout/,
  },
  {
    what: "503 otherwise",
    status: 503,
    body: ofApi("unavailable", "shutting down"),
    code: "unreachable",
    message: /cannot answer now \(unavailable\)/,
    hint: /try again/,
  },
  {
    what: "503 while it starts",
    status: 503,
    body: "Service Unavailable",
    code: "unreachable",
    message: /is not ready \(503\)/,
    reason: /Service Unavailable/,
    hint: /starting/,
  },
  {
    what: "500",
    status: 500,
    body: ofApi("internal", "disk"),
    code: "not-understood",
    message: /answered with an error \(internal\)/,
    reason: /disk/,
    hint: /log/,
  },
  {
    what: "an error that calls itself 200",
    status: 200,
    body: ofApi("execution", "x"),
    code: "not-understood",
    message: /answered with an error \(execution\)/,
    hint: /./,
  },
  {
    what: "401",
    status: 401,
    body: "Unauthorized",
    code: "unauthorized",
    message: /refused the credentials \(401\)/,
    hint: /credentials/,
  },
  {
    what: "403 of the API",
    status: 403,
    body: ofApi("forbidden", "no org id"),
    code: "unauthorized",
    message: /refused the credentials \(403\)/,
    reason: /no org id/,
    hint: /credentials/,
  },
  {
    what: "404",
    status: 404,
    body: "404 page not found",
    code: "not-understood",
    message: /there is no Prometheus API at .* \(404\)/,
    hint: /path prefix/,
  },
  {
    what: "429",
    status: 429,
    headers: { "Retry-After": "30" },
    body: "slow down",
    code: "rate-limited",
    message: /limits requests/,
    hint: /after 30 s/,
  },
  {
    what: "a redirect",
    status: 302,
    headers: { Location: "https://sso.test/login" },
    body: "",
    code: "not-understood",
    message: /sends elsewhere \(302\)/,
    hint: /https:\/\/sso\.test\/login/,
  },
  {
    what: "HTML of a proxy",
    status: 200,
    headers: { "Content-Type": "text/html" },
    body: "<html><title>Sign in</title></html>",
    code: "not-understood",
    message: /answered 200 with HTML, not as Prometheus does/,
    reason: /^Sign in$/,
    hint: /proxy or a login page/,
  },
  {
    what: "HTML of a gateway",
    status: 502,
    body: "<h1>502 Bad Gateway</h1>",
    code: "not-understood",
    message: /answered 502 with HTML/,
    reason: /502 Bad Gateway/,
    hint: /proxy/,
  },
  {
    what: "an empty body",
    status: 200,
    body: "",
    code: "not-understood",
    message: /answered 200 with an empty body/,
    hint: /check prometheus.url/,
  },
  {
    what: "JSON of something else",
    status: 200,
    body: '{"breakers":[]}',
    code: "not-understood",
    message: /other or damaged JSON/,
    hint: /./,
  },
  {
    what: "damaged JSON",
    status: 200,
    body: '{"status":"succ',
    code: "not-understood",
    message: /other or damaged JSON/,
    hint: /./,
  },
  {
    what: "success without data",
    status: 200,
    body: '{"status":"success"}',
    code: "not-understood",
    message: /no usable answer/,
    reason: /without data/,
    hint: /./,
  },
  {
    what: "data of another shape",
    status: 200,
    body: '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":1}]}}',
    code: "not-understood",
    message: /no usable answer/,
    reason: /another shape/,
    hint: /./,
  },
  {
    what: "a type that it does not have",
    status: 200,
    body: '{"status":"success","data":{"resultType":"string","result":[1,"x"]}}',
    code: "not-understood",
    message: /no usable answer/,
    hint: /./,
  },
];

describe("each trouble has words of its own, and ends with 9", () => {
  it.each(CASES)("$what", async ({ status, headers, body, code, message, reason, hint }) => {
    server = await serveHttp((_, response) => response.writeHead(status, headers).end(body));
    const error = await failureOf(`${server.url}/prom/`);
    expect({ ...error, message: error.message, exitCode: error.exitCode }).toMatchObject({
      code,
      exitCode: 9,
      message: expect.stringMatching(message),
      reason: reason ? expect.stringMatching(reason) : error.reason,
      hint: expect.stringMatching(hint),
    });
    expect(error.message).toContain(server.url);
  });

  it("down", async () => {
    const error = await failureOf(await refusedUrl());
    expect(error).toMatchObject({
      code: "unreachable",
      exitCode: 9,
      message: expect.stringMatching(/^no metrics: cannot reach/),
    });
    expect(error.hint).toMatch(/./);
  });

  it("slow", async () => {
    server = await serveHttp(() => undefined);
    const error = await failureOf(server.url, { timeoutMs: 50 });
    expect(error).toMatchObject({
      code: "timed-out",
      exitCode: 9,
      message: expect.stringMatching(/^no metrics: no complete answer .* within 0.05 s$/),
    });
  });

  it("too long", async () => {
    server = await serveHttp((_, response) => response.end("x".repeat(2_000)));
    expect(await failureOf(server.url, { maxBytes: 1_000 })).toMatchObject({
      code: "not-understood",
      exitCode: 9,
    });
  });

  it("interrupted stays interrupted", async () => {
    const stop = new AbortController();
    server = await serveHttp(() => stop.abort());
    expect(await failureOf(server.url, { signal: stop.signal })).toMatchObject({
      code: "interrupted",
      exitCode: 130,
    });
  });
});

it("no secret that a server echoes is repeated", async () => {
  server = await serveHttp((_, response) =>
    response.writeHead(400).end(ofApi("bad_data", "token hunter2 is bad")),
  );
  const error = await failureOf(server.url, { redact: (text) => text.replaceAll("hunter2", "***") });
  expect(error.reason).toBe("token *** is bad");
});
