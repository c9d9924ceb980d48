import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { createHttp } from "../../src/host/http-choice.ts";
import { type Certificates, makeCertificates } from "../support/certificates.ts";
import { refusedUrl, serveHttp, type TestServer } from "../support/http-servers.ts";
import { serveProxy, type TestProxy } from "../support/proxy-server.ts";
import { httpContract } from "./http-contract.ts";
import { redirectContract } from "./http-redirect-contract.ts";
import { expectFailure, requestTo } from "./http-request.ts";
import { tlsContract } from "./http-tls-contract.ts";

httpContract("chosen", () => createHttp({}));
redirectContract("chosen", () => createHttp({}));
tlsContract("chosen", () => createHttp({}), makeCertificates());

const open: { close(): Promise<void> }[] = [];
let certificates: Certificates;

beforeAll(() => {
  certificates = makeCertificates();
});
afterEach(async () => {
  for (const part of open.splice(0).reverse()) await part.close();
});

function opened<T extends { close(): Promise<void> }>(part: T): T {
  open.push(part);
  return part;
}

async function behindProxy(
  kind: "plain" | "tls",
  refusal?: number,
): Promise<{ server: TestServer; proxy: TestProxy }> {
  const tls = kind === "tls" ? certificates.named : undefined;
  const server = opened(await serveHttp((_, response) => response.end("behind"), tls));
  return { server, proxy: opened(await serveProxy(server.port, refusal)) };
}

describe("through a proxy", () => {
  test("plain HTTP is asked of the proxy itself", async () => {
    const { server, proxy } = await behindProxy("plain");
    const http = opened(createHttp({ HTTP_PROXY: proxy.url }));
    const answer = await http.exchange(
      requestTo("http://backend.test/a?b", { credentials: { "X-Key": "k" } }),
    );
    expect(answer).toMatchObject({ status: 200, body: "behind", url: "http://backend.test/a?b" });
    expect(proxy.asked).toEqual(["GET http://backend.test/a?b"]);
    expect(server.requests).toMatchObject([
      { path: "/a?b", headers: { host: "backend.test", "x-key": "k" } },
    ]);
  });

  test.each(["GET", "POST"])(
    "a %s over TLS goes through a tunnel that sees nothing of it",
    async (method) => {
      const { server, proxy } = await behindProxy("tls");
      const http = opened(createHttp({ HTTPS_PROXY: proxy.url.replace("://", "://me:hunter2@") }));
      const answer = await http.exchange(
        requestTo("https://backend.test/a", { method, tls: { ca: certificates.ca } }),
      );
      expect(answer).toMatchObject({ status: 200, body: "behind" });
      expect(proxy.asked).toEqual(["CONNECT backend.test:443"]);
      expect(proxy.authorizations).toEqual([`Basic ${Buffer.from("me:hunter2").toString("base64")}`]);
      expect(server.requests[0]?.headers).not.toHaveProperty("proxy-authorization");
    },
  );

  test("the certificate behind it is checked", async () => {
    const { server, proxy } = await behindProxy("tls");
    const http = opened(createHttp({ HTTPS_PROXY: proxy.url }));
    await expectFailure(http.exchange(requestTo("https://backend.test/")), "unreachable", /certificate/);
    expect(server.requests).toEqual([]);
  });

  test.each([["http://backend.test/"], ["https://backend.test/"]])(
    "a refusal for %s is no answer of the system",
    async (url) => {
      const { proxy, server } = await behindProxy(url.startsWith("https") ? "tls" : "plain", 407);
      const http = opened(createHttp({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url }));
      await expectFailure(http.exchange(requestTo(url)), "unreachable", /proxy.*407/i);
      expect(server.requests).toEqual([]);
    },
  );

  test("a proxy that is away is named", async () => {
    const proxy = await refusedUrl();
    const http = opened(createHttp({ HTTPS_PROXY: proxy }));
    await expectFailure(
      http.exchange(requestTo("https://backend.test/")),
      "unreachable",
      /through the proxy http:\/\/127.*: connection refused/,
    );
  });

  test("this machine and what NO_PROXY lists are reached directly", async () => {
    const { server, proxy } = await behindProxy("plain");
    const http = opened(createHttp({ HTTP_PROXY: proxy.url, NO_PROXY: "backend.invalid" }));
    expect(await http.exchange(requestTo(server.url))).toMatchObject({ body: "behind" });
    await expectFailure(http.exchange(requestTo("http://backend.invalid/")), "unreachable", /host/);
    expect(proxy.asked).toEqual([]);
  });

  test("a redirect chooses anew", async () => {
    const { proxy } = await behindProxy("plain");
    const direct = opened(
      await serveHttp((_, response) => response.writeHead(302, { Location: "http://backend.test/b" }).end()),
    );
    const http = opened(createHttp({ HTTP_PROXY: proxy.url }));
    expect(await http.exchange(requestTo(direct.url))).toMatchObject({
      body: "behind",
      url: "http://backend.test/b",
    });
    expect(proxy.asked).toEqual(["GET http://backend.test/b"]);
  });
});
