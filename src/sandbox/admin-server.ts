import type { IncomingMessage, ServerResponse } from "node:http";
import type { AdminReply, AdminRequest, Dialect } from "./admin-exchange.ts";
import { type RunningServer, startServer } from "./http-server.ts";
import { createRequestLog } from "./request-log.ts";

export interface AdminServerSetup {
  readonly dialect: Dialect;
  /** The Prometheus text of this moment. */
  readonly metricsPage: () => Promise<string>;
  /** `/metrics`, or `/metrics/` for a server that redirects there. */
  readonly metricsPath: "/metrics" | "/metrics/";
  /** Answers `POST /__sandbox/fault`. */
  readonly control: (body: string) => AdminReply;
}

/** One instance's server: its admin API, its metrics, and the sandbox's own routes, which are not counted. */
export async function startAdminServer(setup: AdminServerSetup): Promise<RunningServer> {
  const log = createRequestLog();

  async function answer(request: AdminRequest): Promise<AdminReply> {
    const { method, path, headers, body } = request;
    if (path === setup.metricsPath) return text(await setup.metricsPage());
    if (path === "/metrics")
      return { status: 307, headers: { location: `http://${headers.host}/metrics/` }, body: "" };
    if (path === "/__sandbox/requests") return json(log.read());
    if (path === "/__sandbox/fault" && method === "POST") return setup.control(body);
    log.add(method, path, headers["x-request-id"]?.toString() ?? null);
    return setup.dialect(request);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const reply = await answer({ method: request.method ?? "GET", path, headers: request.headers, body });
    response.writeHead(reply.status, reply.headers).end(reply.body);
  }

  // A request that breaks off has nobody left to answer.
  return startServer((request, response) => void serve(request, response).catch(() => response.destroy()));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function text(body: string): AdminReply {
  return { status: 200, headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" }, body };
}

function json(value: unknown): AdminReply {
  return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
}
