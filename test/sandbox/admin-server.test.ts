import http from "node:http";
import net from "node:net";
import { afterEach, expect, it } from "vitest";
import { type AdminRequest, jsonReply } from "../../src/sandbox/admin-exchange.ts";
import { type AdminServerSetup, startAdminServer } from "../../src/sandbox/admin-server.ts";
import type { RunningServer } from "../../src/sandbox/http-server.ts";

let server: RunningServer | undefined;
afterEach(() => server?.stop());

async function start(setup: Partial<AdminServerSetup> = {}): Promise<{ url: string; seen: AdminRequest[] }> {
  const seen: AdminRequest[] = [];
  server = await startAdminServer({
    dialect: (request) => {
      seen.push(request);
      return jsonReply(418, { teapot: true }, { "x-own": "yes" });
    },
    metricsPage: async () => "up 1\n",
    metricsPath: "/metrics",
    controls: { fault: (body) => jsonReply(200, { got: body }) },
    ...setup,
  });
  return { url: server.url, seen };
}

it("hands requests to the dialect and sends its answer", async () => {
  const { url, seen } = await start();
  const reply = await fetch(`${url}/a%20b?c=d`, {
    method: "POST",
    body: "höher",
    headers: { "X-Some": "1" },
  });
  expect(reply.status).toBe(418);
  expect(reply.headers.get("x-own")).toBe("yes");
  expect(await reply.json()).toEqual({ teapot: true });
  expect(seen).toMatchObject([{ method: "POST", path: "/a%20b", body: "höher", headers: { "x-some": "1" } }]);
});

it("shows metrics as text", async () => {
  const { url } = await start();
  const reply = await fetch(`${url}/metrics`);
  expect(reply.headers.get("content-type")).toContain("version=0.0.4");
  expect(await reply.text()).toBe("up 1\n");
});

it("answers 307 to /metrics where they are at /metrics/", async () => {
  const { url } = await start({ metricsPath: "/metrics/" });
  const reply = await fetch(`${url}/metrics`, { redirect: "manual" });
  expect([reply.status, reply.headers.get("location")]).toEqual([307, `${url}/metrics/`]);
  expect(await (await fetch(`${url}/metrics`)).text()).toBe("up 1\n");
});

it("counts what the admin API was asked, and nothing else", async () => {
  const { url } = await start();
  await fetch(`${url}/stats`);
  await fetch(`${url}/x/reset?really=1`, { method: "POST", headers: { "X-Request-ID": "journal-7" } });
  await fetch(`${url}/metrics`);
  await fetch(`${url}/__sandbox/requests`);
  expect(await (await fetch(`${url}/__sandbox/requests`)).json()).toEqual({
    GET: 1,
    POST: 1,
    writes: [{ method: "POST", path: "/x/reset", requestId: "journal-7" }],
  });
});

it("hands faults to the sandbox", async () => {
  const { url } = await start();
  const reply = await fetch(`${url}/__sandbox/fault`, { method: "POST", body: "{}" });
  expect(await reply.json()).toEqual({ got: "{}" });
});

it.each([
  { accepts: "gzip", length: 1001, encoding: "gzip" },
  { accepts: "gzip, deflate", length: 1001, encoding: "gzip" },
  { accepts: "gzip", length: 1000, encoding: null },
  { accepts: "identity", length: 1001, encoding: null },
])(
  "a body of $length bytes for one who takes $accepts is $encoding",
  async ({ accepts, length, encoding }) => {
    const body = "x".repeat(length);
    const dialect = () => ({ status: 200, headers: {}, body });
    const { url } = await start({ dialect, transport: { gzipOverBytes: 1000 } });
    const reply = await fetch(url, { headers: { "accept-encoding": accepts } });
    expect(reply.headers.get("content-encoding")).toBe(encoding);
    expect(reply.headers.get("vary")).toBe(encoding === null ? null : "Accept-Encoding");
    expect(await reply.text()).toBe(body);
  },
);

it("answers one request a connection where it closes them", async () => {
  const { url, seen } = await start({ transport: { closes: true } });
  const { hostname, port } = new URL(url);
  const socket = net.connect(Number(port), hostname);
  socket.write(
    "GET /a?b HTTP/1.1\r\nHost: x\r\nX-Tenant-ID: t\r\n\r\nGET /second HTTP/1.1\r\nHost: x\r\n\r\n",
  );
  let heard = "";
  for await (const chunk of socket) heard += chunk;
  expect(heard.match(/HTTP\/1\.1 418/g)).toHaveLength(1);
  expect(heard.toLowerCase()).toContain("connection: close");
  expect(seen[0]).toMatchObject({
    target: "/a?b",
    path: "/a",
    rawHeaders: ["Host", "x", "X-Tenant-ID", "t"],
  });
});

it("outlives a request that breaks off", async () => {
  const { url } = await start();
  const half = http.request(`${url}/x`, { method: "POST", headers: { "content-length": "10" } });
  const broken = new Promise((resolve) => half.once("error", resolve));
  half.write("abc", () => half.destroy(new Error("gone")));
  await broken;
  expect((await fetch(`${url}/metrics`)).status).toBe(200);
});

it("ends open connections when it stops", async () => {
  const { url } = await start();
  const agent = new http.Agent({ keepAlive: true });
  await new Promise((resolve) =>
    http.get(`${url}/metrics`, { agent }, (reply) => reply.resume().once("end", resolve)),
  );
  await server?.stop();
  await expect(fetch(`${url}/metrics`)).rejects.toThrow();
  agent.destroy();
});
