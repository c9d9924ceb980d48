import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type MetricsServer, servePrometheus } from "../drivers/metrics/metrics-servers.ts";
import { json } from "../support/cbctl.ts";
import { makeCertificates } from "../support/certificates.ts";
import { serveHttp } from "../support/http-servers.ts";
import { ownHome } from "../support/own-home.ts";
import { answering, vector } from "../support/prometheus-answers.ts";

let prometheus: MetricsServer;

beforeAll(async () => {
  prometheus = await servePrometheus();
  const state = (env: string, word: string, service: string) => ({
    labels: { __name__: "circuit_breaker_state", service, state: word, env, instance: `${env}:1` },
    samples: [{ value: 1, at: Date.now() }],
  });
  await prometheus.write([state("prod", "closed", "orders-api"), state("staging", "open", "orders-api")]);
}, 30_000);

afterAll(() => prometheus.stop());

describe("a context of such a system", () => {
  function contextOf(prometheusSetting: string) {
    const person = ownHome();
    person.writeConfig(
      `apiVersion: cbctl.dev/v1\nkind: Config\ncontexts:\n  shop: { system: service-metrics, prometheus: ${prometheusSetting} }\n`,
    );
    return person;
  }

  test.each([
    ["prod", "closed"],
    ["staging", "open"],
  ])("match tells two environments apart: %s is %s", async (env, state) => {
    const { run } = contextOf(`{ url: '${prometheus.url}', match: { env: ${env} } }`);
    const ran = await run(["status", "-o", "json"]);
    expect(ran.code).toBe(0);
    expect(json(ran)).toMatchObject({ context: "shop", breakers: [{ key: "orders-api", state }] });
  });

  test("proves who asks, and sends its headers, under the path prefix", async () => {
    const server = await answering(200, vector([]));
    const { run } = contextOf(
      `{ url: '${server.url}/prom', auth: { bearer: { env: PROM } }, headers: { X-Scope-OrgID: shop } }`,
    );
    await run(["status"], { PROM: "canary-4711" });
    expect(server.requests[0]).toMatchObject({
      path: "/prom/api/v1/query",
      headers: { authorization: "Bearer canary-4711", "x-scope-orgid": "shop" },
    });
  });

  test("--prometheus-url leads elsewhere, without the credentials and with match", async () => {
    const server = await answering(200, vector([]));
    const { run } = contextOf(
      `{ url: 'http://prom.test', match: { env: prod }, auth: { bearer: { env: PROM } }, headers: { X-Key: canary-1 } }`,
    );
    const ran = await run(["status", "--prometheus-url", server.url], { PROM: "canary-4711" });
    expect(ran.code).toBe(0);
    expect(server.requests[0]?.body).toContain(encodeURIComponent('{env="prod"}'));
    expect(JSON.stringify(server.requests)).not.toContain("canary");
  });

  test("can be added by its Prometheus alone", async () => {
    const { run } = ownHome();
    const where = ["--system", "service-metrics", "--prometheus-url", prometheus.url];
    expect((await run(["context", "add", "shop", ...where])).code).toBe(0);
    expect((await run(["status", "-o", "name"])).stdout).toBe("orders-api\n");
  });

  test("without Prometheus is refused, and says what is missing", async () => {
    const { run } = ownHome();
    const ran = await run(["status", "--system", "service-metrics", "--admin-url", "http://127.0.0.1:1"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("--prometheus-url");
  });

  test("checks the server by its own authority, and shows its own certificate", async () => {
    const { ca, server: pair, client } = makeCertificates();
    const server = await serveHttp((_, response) => response.end(vector([])), {
      ...pair,
      ca,
      requestCert: true,
      rejectUnauthorized: true,
    });
    onTestFinished(() => server.close());
    const tls = "tls: { ca: ca.pem }, auth: { mtls: { cert: me.pem, key: me.key } }";
    const { run, file } = contextOf(`{ url: '${server.url}', ${tls} }`);
    const files = { "ca.pem": ca, "me.pem": client.cert, "me.key": client.key };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(file, "..", name), text);
    const ran = await run(["status", "-o", "json"]);
    expect([ran.code, json(ran)]).toMatchObject([0, { breakers: [] }]);
    const stranger = contextOf(`{ url: '${server.url}' }`);
    expect((await stranger.run(["status"])).code).toBe(9);
  });

  test("says on every run that certificates are not checked", async () => {
    const { run } = contextOf(`{ url: '${prometheus.url}', tls: { insecure: true } }`);
    expect((await run(["status"])).stderr).toContain("the certificate of Prometheus is not checked");
  });

  test("of a system with an admin API still wants instances", async () => {
    const { run, writeConfig, file } = contextOf(`{ url: '${prometheus.url}' }`);
    writeConfig(
      `apiVersion: cbctl.dev/v1\nkind: Config\ncontexts:\n  shop: { system: gateway, prometheus: { url: '${prometheus.url}' } }\n`,
      file,
    );
    const ran = await run(["status"]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain("context shop has no instances");
  });
});
