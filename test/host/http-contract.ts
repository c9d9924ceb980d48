import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { CbctlError, type ErrorCode } from "../../src/domain/errors.ts";
import type { HttpClient } from "../../src/host/http.ts";
import { refusedUrl, serveHttp, serveRaw, type TestServer } from "../support/http-servers.ts";
import { expectFailure, requestTo } from "./http-request.ts";

const MIB = 2 ** 20;

/** What holds of every HTTP client, whichever transport sends. */
export function httpContract(name: string, newClient: () => HttpClient): void {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const part of open.splice(0)) await part.close();
  });

  function client(): HttpClient {
    const made = newClient();
    open.unshift(made);
    return made;
  }

  async function opened(server: Promise<TestServer>): Promise<TestServer> {
    open.push(await server);
    return server;
  }

  const serve = (answer: (response: ServerResponse, path: string) => void) =>
    opened(serveHttp((request, response) => answer(response, request.url ?? "")));
  const serveWords = (words: string, then: "end" | "stay" | "reset") =>
    opened(
      serveRaw((socket) =>
        socket.once("data", () => {
          socket.write(words, () => {
            if (then === "end") socket.end();
            if (then === "reset") socket.resetAndDestroy();
          });
        }),
      ),
    );

  describe(`${name}: answers`, () => {
    test.each([
      [200, '{"breakers":[]}'],
      [200, "<html>Sign in</html>"],
      [201, "ü€😀"],
      [204, ""],
      [404, '{"detail":"not found"}'],
      [429, ""],
      [503, "busy"],
    ])("status %i with body %j is an answer", async (status, body) => {
      const { url } = await serve((response) => response.writeHead(status, { "X-One": "1" }).end(body));
      const answer = await client().exchange(requestTo(`${url}/a?b=c`));
      expect(answer).toMatchObject({ status, body, url: `${url}/a?b=c`, headers: { "x-one": "1" } });
    });

    test("repeated headers are joined, a byte order mark is taken away", async () => {
      const { url } = await serve((response) => response.setHeader("X-Many", ["a", "b"]).end("\ufeff{}"));
      const { headers, body } = await client().exchange(requestTo(url));
      expect({ many: headers["x-many"], body }).toEqual({ many: "a, b", body: "{}" });
    });

    test("HEAD has no body, whatever length is announced", async () => {
      const { url } = await serve((response) => response.setHeader("Content-Length", "5").end());
      expect(await client().exchange(requestTo(url, { method: "HEAD" }))).toMatchObject({
        status: 200,
        body: "",
      });
    });

    test("a body without a length ends with its connection", async () => {
      const { url } = await serveWords("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it", "end");
      expect(await client().exchange(requestTo(url))).toMatchObject({ body: "all of it" });
    });

    test("50 MB are read when they are allowed", async () => {
      const { url } = await serve((response) => response.end(Buffer.alloc(50 * MIB, "x")));
      const { body } = await client().exchange(requestTo(url, { maxBytes: 64 * MIB }));
      expect(body.length).toBe(50 * MIB);
    });
  });

  describe(`${name}: requests`, () => {
    test("header names keep their case, nothing asks for compression", async () => {
      const { url, requests } = await serve((response) => response.end());
      const headers = { "X-Request-ID": "1", "x-lower": "2", ACCEPT: "application/json" };
      await client().exchange(requestTo(url, { headers, credentials: { Authorization: "Bearer t" } }));
      const names = requests[0]?.rawHeaders.filter((_, place) => place % 2 === 0) ?? [];
      expect(names).toEqual(expect.arrayContaining(["X-Request-ID", "x-lower", "ACCEPT", "Authorization"]));
      expect(names.map((header) => header.toLowerCase())).not.toContain("accept-encoding");
    });

    test.each(["POST", "PUT", "PATCH", "DELETE"])(
      "%s sends its body with its length in bytes",
      async (method) => {
        const { url, requests } = await serve((response) => response.end());
        await client().exchange(requestTo(url, { method, body: '{"für":1}' }));
        expect(requests).toMatchObject([{ method, body: '{"für":1}', headers: { "content-length": "10" } }]);
      },
    );

    test("reads share a connection, a change has one of its own", async () => {
      const { url, requests } = await serve((response) => response.end());
      const http = client();
      for (const method of ["GET", "GET", "POST", "GET"]) await http.exchange(requestTo(url, { method }));
      const [first, second, change, third] = requests.map(({ clientPort }) => clientPort);
      expect([first, second]).toContain(third);
      expect([first, second]).not.toContain(change);
    });

    test.each([
      ["not a url", /not a URL/],
      ["ftp://127.0.0.1/x", /ftp:/],
      ["http://me:hunter2@127.0.0.1/", /holds a user or password/],
    ])("%s is refused before anything is sent", async (url, words) => {
      const error = await expectFailure(client().exchange(requestTo(url)), "usage", words);
      expect(JSON.stringify([error.message, error.reason, error.hint])).not.toContain("hunter2");
    });

    test.each([
      ["Authorization", "Bearer hunter2\nX: y"],
      ["X-Name", "snow \u2603"],
      ["Bad Name", "x"],
    ])("the header %s: %j is refused without quoting its value", async (header, value) => {
      const { url, requests } = await serve((response) => response.end());
      const error = await expectFailure(
        client().exchange(requestTo(url, { headers: { [header]: value } })),
        "usage",
        /header/,
      );
      expect(`${error.message} ${error.reason}`).not.toContain("hunter2");
      expect(requests).toEqual([]);
    });
  });

  describe(`${name}: what goes wrong`, () => {
    const head = "HTTP/1.1 200 OK\r\n";
    const cases: [string, string, "end" | "stay" | "reset", ErrorCode, RegExp][] = [
      [
        "no answer at all",
        "",
        "end",
        "unreachable",
        /cannot reach http:\/\/127\.0\.0\.1:\d+\/x: the connection was reset/,
      ],
      ["a reset", "", "reset", "unreachable", /the connection was reset/],
      [
        "a reset within the body",
        `${head}Content-Length: 9\r\n\r\nabc`,
        "reset",
        "not-understood",
        /cut short/,
      ],
      [
        "fewer bytes than announced",
        `${head}Content-Length: 9\r\n\r\nabc`,
        "end",
        "not-understood",
        /cut short after 3 bytes/,
      ],
      [
        "chunks without an end",
        `${head}Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`,
        "end",
        "not-understood",
        /cut short/,
      ],
      [
        "a broken chunk",
        `${head}Transfer-Encoding: chunked\r\n\r\nZZ\r\n`,
        "stay",
        "not-understood",
        /cut short/,
      ],
      ["another protocol", "SSH-2.0-OpenSSH_9.2\r\n", "stay", "not-understood", /does not speak HTTP/],
      ["bytes", "\u0000\u0001\u0002\u0003", "stay", "not-understood", /does not speak HTTP/],
      ["endless headers", `${head}X: ${"x".repeat(MIB)}`, "stay", "not-understood", /does not speak HTTP/],
      [
        "compression",
        `${head}Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nabc`,
        "stay",
        "not-understood",
        /compressed \(gzip\)/,
      ],
      ["silence", "", "stay", "timed-out", /within 0\.2 s/],
      ["half a status line", "HTTP/1.1 2", "stay", "timed-out", /within 0\.2 s/],
      ["half the headers", `${head}X-One: 1\r\n`, "stay", "timed-out", /within 0\.2 s/],
      ["half a body", `${head}Content-Length: 9\r\n\r\nabc`, "stay", "timed-out", /within 0\.2 s/],
    ];

    test.each(cases)("%s", async (_, words, then, code, reason) => {
      const server = await serveWords(words, then);
      const timeoutMs = code === "timed-out" ? 200 : 10_000;
      const exchange = client().exchange(requestTo(`${server.url}/x`, { timeoutMs }));
      const error = await expectFailure(exchange, code, reason);
      expect(error.hint).not.toBeNull();
      expect(error.where).toBe(`${server.url}/x`);
      await expect.poll(server.connections).toBe(0);
    });

    test("nobody listens", async () => {
      const url = await refusedUrl();
      const error = await expectFailure(
        client().exchange(requestTo(`${url}/x?token=hunter2`)),
        "unreachable",
        /: connection refused/,
      );
      expect(error.message).toBe(`cannot reach ${url}/x?…`);
    });

    test("a host without an address", async () => {
      await expectFailure(client().exchange(requestTo("http://nowhere.invalid/")), "unreachable", /host/);
    });

    test.each([
      ["announced", { "Content-Length": String(50 * MIB) }],
      ["not announced", {}],
    ])("an answer that is too long, its length %s, is cut off", async (_, headers) => {
      const server = await serve((response) =>
        response.writeHead(200, headers).end(Buffer.alloc(50 * MIB, "x")),
      );
      await expectFailure(client().exchange(requestTo(server.url)), "not-understood", /longer than 1 MiB/);
      await expect.poll(server.connections).toBe(0);
    });

    test("a body that never ends", async () => {
      const server = await serve((response) => {
        const more = () => {
          while (response.write("x".repeat(64 * 1024)));
        };
        response.on("drain", more);
        more();
      });
      await expectFailure(client().exchange(requestTo(server.url)), "not-understood", /longer than 1 MiB/);
      await expect.poll(server.connections).toBe(0);
    });

    test("a signal ends the exchange with its own reason, and the connection with it", async () => {
      const server = await serveWords("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "stay");
      const controller = new AbortController();
      const exchange = client().exchange(requestTo(server.url, { signal: controller.signal }));
      const failed = expectFailure(exchange, "terminated", /told to end/);
      await expect.poll(server.connections).toBe(1);
      controller.abort(new CbctlError("terminated", "told to end"));
      await failed;
      await expect.poll(server.connections).toBe(0);
    });

    test("a signal that was aborted before sends nothing", async () => {
      const { url, requests } = await serve((response) => response.end());
      await expectFailure(
        client().exchange(requestTo(url, { signal: AbortSignal.abort() })),
        "interrupted",
        /./,
      );
      expect(requests).toEqual([]);
    });
  });
}
