import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Instance } from "../../../src/domain/fleet.ts";
import type { FilledCall } from "../../../src/domain/vocabulary/call.ts";
import type { HttpCallsOptions } from "../../../src/drivers/calls/http.ts";
import { CALL_DRIVERS } from "../../../src/drivers/calls/index.ts";
import { createHttp } from "../../../src/host/http-choice.ts";

const SECRET = "s3cr3t-token";

/** A driver over real HTTP to a real server, which tells what it was asked. */
async function talk(listener: RequestListener, more: Partial<HttpCallsOptions> = {}) {
  const asked: { readonly line: string; readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += piece;
    asked.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const http = createHttp({});
  onTestFinished(async () => {
    await http.close();
    server.closeAllConnections();
    server.close();
  });
  const trace: string[] = [];
  const driver = await CALL_DRIVERS.http({
    http,
    credentials: async () => ({ Authorization: `Bearer ${SECRET}` }),
    tls: async () => null,
    shownCredentials: ["-H", '"Authorization: Bearer $CB_TOKEN"'],
    maxBytes: 1_000_000,
    redact: (text) => text.replaceAll(SECRET, "***"),
    userAgent: "cbctl/test",
    trace: (line) => trace.push(line),
    ...more,
  });
  const { port } = server.address() as AddressInfo;
  const instance = (path = ""): Instance => ({ name: "a", url: `http://127.0.0.1:${port}${path}` });
  const signal = new AbortController().signal;
  const send = (
    call: Partial<FilledCall> = {},
    { at = instance(), requestId = null as string | null, timeoutMs = 5_000 } = {},
  ) => driver.send(filled(call), at, { timeoutMs, signal, requestId });
  return { asked, driver, instance, send, trace };
}

function filled(call: Partial<FilledCall>): FilledCall {
  return { kind: "http", method: "GET", path: "/breakers", headers: {}, body: null, ...call };
}

const replying =
  (body: string, status = 200, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

describe("a request", () => {
  test("that reads wants JSON that is fresh, and proves who asks", async () => {
    const { asked, send, trace } = await talk(replying("[]"));
    await send();
    expect(asked).toMatchObject([
      {
        line: "GET /breakers",
        headers: {
          accept: "application/json",
          "user-agent": "cbctl/test",
          "cache-control": "no-cache",
          authorization: `Bearer ${SECRET}`,
        },
        body: "",
      },
    ]);
    expect(asked[0]?.headers).not.toHaveProperty("content-type");
    expect(asked[0]?.headers).not.toHaveProperty("x-request-id");
    expect(trace).toMatchObject([
      expect.stringMatching(/^> GET http/),
      expect.stringMatching(/^< 200 .* 2 bytes$/),
    ]);
  });

  test("that changes carries the journal's id, its body and the headers of the document", async () => {
    const { asked, send } = await talk(replying("{}"));
    await send(
      { method: "PATCH", path: "/k1", body: '{"t":7}', headers: { "X-Tenant": "shop" } },
      { requestId: "ID-1" },
    );
    expect(asked).toMatchObject([
      {
        line: "PATCH /k1",
        headers: { "x-request-id": "ID-1", "content-type": "application/json", "x-tenant": "shop" },
        body: '{"t":7}',
      },
    ]);
    expect(asked[0]?.headers).not.toHaveProperty("cache-control");
  });

  test.each([
    ["", "/breakers", "/breakers"],
    ["/", "/breakers", "/breakers"],
    ["/eu/v1", "/breakers", "/eu/v1/breakers"],
    ["/eu/v1//", "/breakers?all=1", "/eu/v1/breakers?all=1"],
    ["/eu", "//other.example/x", "/eu/other.example/x"],
    ["", "/a%2Fb", "/a%2Fb"],
  ])("to %o for %s goes to %s", async (prefix, path, line) => {
    const { asked, send, instance } = await talk(replying("[]"));
    await send({ path }, { at: instance(prefix) });
    expect(asked[0]?.line).toBe(`GET ${line}`);
  });

  test("to another origin than the instance's takes no credentials along", async () => {
    const { asked, send, instance } = await talk(replying("[]"));
    const { url } = instance();
    await send(
      { path: `${url}/elsewhere` },
      { at: { name: "a", url: url.replace("127.0.0.1", "localhost") } },
    );
    await send({ path: `${url}/own` });
    expect(asked.map(({ line, headers }) => [line, headers.authorization])).toEqual([
      ["GET /elsewhere", undefined],
      ["GET /own", `Bearer ${SECRET}`],
    ]);
  });
});

describe("an answer", () => {
  test.each([
    ["JSON", '{"a": [1, null]}', { a: [1, null] }],
    ["JSON that is a word", '"open"', "open"],
    ["no JSON", "OK", undefined],
    ["nothing", "", undefined],
    ["NaN, which is no JSON", '{"a": NaN}', undefined],
    ["cut in the middle", '[{"id": "k1"', undefined],
    [
      "escapes in names and values",
      '{"a\\u001b[31m": "x\\u202ey\\nz"}',
      { "a\ufffd[31m": "x\ufffdy\ufffdz" },
    ],
    ["the secret, echoed", `{"${SECRET}": "Bearer ${SECRET}"}`, { "***": "Bearer ***" }],
    ["too deep to be cleaned", `${"[".repeat(50_000)}"\\u0007"${"]".repeat(50_000)}`, undefined],
  ])("of %s", async (_, body, value) => {
    const { send } = await talk(replying(body));
    expect((await send()).value).toEqual(value);
  });

  test("is kept whole but for its text, which is one short clean line", async () => {
    const { send, instance } = await talk(
      replying(`<html>\r\n\t<h1>\u202e502</h1>\n${"x".repeat(10_000)}`, 502, { "X-Why": "no" }),
    );
    const answer = await send();
    expect(answer).toMatchObject({
      status: 502,
      headers: { "x-why": "no" },
      from: `${instance().url}/breakers`,
    });
    expect(answer.text).toMatch(/^<html> <h1>\ufffd502<\/h1> x+$/);
    expect(answer.text.length).toBeLessThan(5_000);
  });

  test("that is too long, and one that never comes, are errors", async () => {
    const { send } = await talk(replying("x".repeat(2_000_000)));
    await expect(send()).rejects.toMatchObject({ code: "not-understood" });
    const hanging = await talk(() => undefined);
    await expect(hanging.send({}, { timeoutMs: 50 })).rejects.toMatchObject({ code: "timed-out" });
  });
});

test("a call that is not sent reads no secret", async () => {
  const { driver, instance } = await talk(replying("[]"), {
    credentials: () => Promise.reject(new Error("nobody asked for it")),
  });
  expect(driver.show(filled({}), instance())).toContain("curl");
});

test.each([
  [{}, `curl -sS -H "Authorization: Bearer $CB_TOKEN" 'http://h/eu/breakers'`],
  [
    { method: "PATCH", path: "/k1", body: `{"why":"it's so"}`, headers: { "X-Do": "it" } },
    `curl -sS -X PATCH -H "Authorization: Bearer $CB_TOKEN" -H 'X-Do: it' -H 'Content-Type: application/json' -d '{"why":"it'\\''s so"}' 'http://h/eu/k1'`,
  ],
] as [Partial<FilledCall>, string][])("%o as a command line", async (call, line) => {
  const { driver } = await talk(replying("[]"));
  expect(driver.show(filled(call), { name: "h", url: "http://h/eu/" })).toBe(line);
});
