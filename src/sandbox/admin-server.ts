import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import type { AdminReply, AdminRequest, Dialect } from "./admin-exchange.ts";
import { type RunningServer, startServer } from "./http-server.ts";
import { createRequestLog } from "./request-log.ts";

/** How a server treats connections and bodies, whatever its dialect. */
export interface Transport {
  /** Longer answers are compressed for a client that takes gzip. */
  readonly gzipOverBytes?: number;
  /** One request a connection. */
  readonly closes?: true;
}

export interface AdminServerSetup {
  readonly dialect: Dialect;
  /** The Prometheus text of this moment. */
  readonly metricsPage: () => Promise<string>;
  /** With a slash at the end, the same path without it redirects there. */
  readonly metricsPath: string;
  /** Answers `POST /__sandbox/<name>`. */
  readonly controls: Readonly<Record<string, (body: string) => AdminReply>>;
  readonly transport?: Transport | undefined;
}

const ownRoutes = "/__sandbox/";

/** One instance's server: its admin API, its metrics, and the sandbox's own routes, which are not counted. */
export async function startAdminServer(setup: AdminServerSetup): Promise<RunningServer> {
  const log = createRequestLog();

  async function answer(request: AdminRequest): Promise<AdminReply> {
    const { method, path, headers, body } = request;
    if (path === setup.metricsPath) return text(await setup.metricsPage());
    if (`${path}/` === setup.metricsPath)
      return { status: 307, headers: { location: `http://${headers.host}${setup.metricsPath}` }, body: "" };
    if (path === "/__sandbox/requests") return json(log.read());
    const control =
      path.startsWith(ownRoutes) && method === "POST" && setup.controls[path.slice(ownRoutes.length)];
    if (control) return control(body);
    log.add(method, path, headers["x-request-id"]?.toString() ?? null);
    return setup.dialect(request);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const { method = "GET", url: target = "/", headers, rawHeaders } = request;
    const path = target.split("?")[0] ?? "/";
    const reply = await answer({ method, path, target, headers, rawHeaders, body });
    if (setup.transport?.closes) response.setHeader("connection", "close");
    if (isCompressed(reply.body, headers["accept-encoding"])) {
      const encoded = { ...reply.headers, "content-encoding": "gzip", vary: "Accept-Encoding" };
      response.writeHead(reply.status, encoded).end(gzipSync(reply.body));
    } else response.writeHead(reply.status, reply.headers).end(reply.body);
  }

  function isCompressed(body: string, accepted: string | string[] | undefined): boolean {
    const over = setup.transport?.gzipOverBytes;
    return over !== undefined && Buffer.byteLength(body) > over && /\bgzip\b/.test(String(accepted));
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
