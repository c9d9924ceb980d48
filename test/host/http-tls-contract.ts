import type { TlsOptions } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import type { HttpClient, HttpTls } from "../../src/host/http.ts";
import type { Certificates } from "../support/certificates.ts";
import { serveHttp, type TestServer } from "../support/http-servers.ts";
import { expectFailure, requestTo } from "./http-request.ts";

/** What every HTTP client does over TLS. */
export function tlsContract(
  name: string,
  newClient: () => HttpClient,
  { ca, server, named, client: own }: Certificates,
): void {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const part of open.splice(0)) await part.close();
  });

  function exchange(url: string, tls: HttpTls | null) {
    const client = newClient();
    open.unshift(client);
    return client.exchange(requestTo(url, { tls, credentials: { Authorization: "Bearer hunter2" } }));
  }

  async function serve(tls: TlsOptions | undefined, location?: string): Promise<TestServer> {
    const made = await serveHttp((_, response) => {
      response.writeHead(location ? 302 : 200, location ? { Location: location } : {}).end("safe");
    }, tls);
    open.push(made);
    return made;
  }

  describe(`${name}: TLS`, () => {
    const asked = { ...server, ca, requestCert: true, rejectUnauthorized: true };

    test.each<[string, TlsOptions, HttpTls]>([
      ["the authority is given", server, { ca }],
      ["the name in the certificate is given", named, { ca, serverName: "backend.test" }],
      ["it is told not to check", server, { insecure: true }],
      ["the client certificate that is asked for is given", asked, { ca, ...own }],
    ])("it trusts a server when %s", async (_, options, tls) => {
      const { url } = await serve(options);
      expect(await exchange(url, tls)).toMatchObject({ status: 200, body: "safe" });
    });

    test.each<[string, TlsOptions, HttpTls | null, RegExp]>([
      ["its authority is unknown", server, null, /cannot reach https:.*certificate/],
      ["its certificate is for another name", named, { ca }, /for another name/],
      [
        "the given name is not in the certificate",
        server,
        { ca, serverName: "backend.test" },
        /for another name/,
      ],
      ["it wants a client certificate", asked, { ca }, /client certificate|connection was reset/],
    ])("it refuses a server when %s", async (_, options, tls, words) => {
      const made = await serve(options);
      const error = await expectFailure(exchange(made.url, tls), "unreachable", words);
      expect(error.hint).not.toBeNull();
      expect(made.requests).toEqual([]);
    });

    test("a server without TLS is not mistaken for one", async () => {
      const { url } = await serve(undefined);
      await expectFailure(
        exchange(url.replace("http:", "https:"), null),
        "unreachable",
        /does not speak TLS/,
      );
    });

    test("a PEM text that is none is the user's mistake", async () => {
      const made = await serve(server);
      await expectFailure(
        exchange(made.url, { ca, cert: "nonsense", key: "nonsense" }),
        "usage",
        /TLS files/,
      );
    });

    test("a redirect to plain HTTP is refused", async () => {
      const plain = await serve(undefined);
      const { url } = await serve(server, `${plain.url}/?token=hunter2`);
      const error = await expectFailure(exchange(url, { ca }), "not-understood", /not encrypted/);
      expect(error.reason).not.toContain("hunter2");
      expect(plain.requests).toEqual([]);
    });

    test("another origin never sees the client certificate", async () => {
      const other = await serve(asked);
      const first = await serve(asked, other.url);
      await expectFailure(exchange(first.url, { ca, ...own }), "unreachable", /./);
      expect(first.requests).toHaveLength(1);
      expect(other.requests).toEqual([]);
    });
  });
}
