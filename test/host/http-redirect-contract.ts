import type { RequestListener } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import type { HttpClient } from "../../src/host/http.ts";
import { serveHttp, type TestServer } from "../support/http-servers.ts";
import { expectFailure, requestTo } from "./http-request.ts";

const CREDENTIALS = { Authorization: "Bearer hunter2", "X-Api-Key": "hunter2" };

/** Sends every path of the table on to its target; answers the others. */
function leading(targets: Readonly<Record<string, string>>, status = 302): RequestListener {
  return ({ url = "" }, response) => {
    const location = targets[url];
    if (location === undefined) response.end(`at ${url}`);
    else response.writeHead(status, { Location: location }).end("moved");
  };
}

/** What every HTTP client does with redirects. */
export function redirectContract(name: string, newClient: () => HttpClient): void {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const part of open.splice(0)) await part.close();
  });

  function client(): HttpClient {
    const made = newClient();
    open.unshift(made);
    return made;
  }

  async function serve(listener: RequestListener): Promise<TestServer> {
    const server = await serveHttp(listener);
    open.push(server);
    return server;
  }

  const secretsSeen = ({ requests }: TestServer) =>
    requests.map(({ path, headers }) => [path, headers.authorization ?? null, headers["x-api-key"] ?? null]);

  describe(`${name}: redirects`, () => {
    test.each([301, 302, 303, 307, 308])(
      "%i to the same origin is followed with credentials",
      async (status) => {
        const server = await serve(leading({ "/a": "/b?c" }, status));
        const answer = await client().exchange(requestTo(`${server.url}/a`, { credentials: CREDENTIALS }));
        expect(answer).toMatchObject({ status: 200, body: "at /b?c", url: `${server.url}/b?c` });
        expect(secretsSeen(server).at(-1)).toEqual(["/b?c", "Bearer hunter2", "hunter2"]);
      },
    );

    test("another origin gets no credentials, and the first gets none again when it leads back", async () => {
      const second = await serve((request, response) =>
        leading({ "/there": `${first.url}/back` })(request, response),
      );
      const first: TestServer = await serve(leading({ "/a": `${second.url}/there` }));
      const headers = { Accept: "text/plain", Cookie: "hunter2" };
      const answer = await client().exchange(
        requestTo(`${first.url}/a`, { headers, credentials: CREDENTIALS }),
      );
      expect(answer).toMatchObject({ body: "at /back", url: `${first.url}/back` });
      expect(secretsSeen(second)).toEqual([["/there", null, null]]);
      expect(secretsSeen(first)).toEqual([
        ["/a", "Bearer hunter2", "hunter2"],
        ["/back", null, null],
      ]);
      expect(second.requests[0]?.headers).toMatchObject({ accept: "text/plain" });
      expect(second.requests[0]?.headers).not.toHaveProperty("cookie");
    });

    test("a user and password in the target are not used", async () => {
      const other = await serve(leading({}));
      const server = await serve(leading({ "/a": other.url.replace("://", "://me:hunter2@") }));
      await client().exchange(requestTo(`${server.url}/a`));
      expect(secretsSeen(other)).toEqual([["/", null, null]]);
    });

    test.each([
      [5, "followed"],
      [6, "refused"],
    ])("a chain of %i is %s", async (length, outcome) => {
      const chain = Object.fromEntries(Array.from({ length }, (_, place) => [`/${place}`, `/${place + 1}`]));
      const server = await serve(leading(chain));
      const exchange = client().exchange(requestTo(`${server.url}/0`));
      if (outcome === "followed") expect(await exchange).toMatchObject({ body: "at /5" });
      else await expectFailure(exchange, "not-understood", /more than 5 times/);
      expect(server.requests).toHaveLength(6);
    });

    test("a circle ends", async () => {
      const server = await serve(leading({ "/a": "/b", "/b": "/a" }));
      await expectFailure(
        client().exchange(requestTo(`${server.url}/a`)),
        "not-understood",
        /more than 5 times/,
      );
    });

    test.each(["POST", "PUT", "PATCH", "DELETE"])("a %s is never sent on", async (method) => {
      const server = await serve(leading({ "/a": "/b" }, 307));
      const answer = await client().exchange(requestTo(`${server.url}/a`, { method, body: "{}" }));
      expect(answer).toMatchObject({ status: 307, body: "moved", headers: { location: "/b" } });
      expect(server.requests).toHaveLength(1);
    });

    test.each([
      ["file:///etc/passwd", /leads|redirects to file:/],
      ["http://[broken", /not a URL/],
    ])("to %s it is refused", async (target, words) => {
      const server = await serve(leading({ "/a": target }));
      await expectFailure(client().exchange(requestTo(`${server.url}/a`)), "not-understood", words);
    });

    test.each([304, 302])("%i without a target is an answer", async (status) => {
      const server = await serve((_, response) => response.writeHead(status).end());
      expect(await client().exchange(requestTo(server.url))).toMatchObject({ status });
    });
  });
}
