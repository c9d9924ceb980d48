import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface AdminServer {
  readonly url: string;
  readonly requests: ReceivedRequest[];
  /** Requests that are no reads. */
  writes(): ReceivedRequest[];
  close(): Promise<void>;
}

export type Respond = (request: ReceivedRequest, response: ServerResponse, index: number) => void;

/** A real HTTP server whose every answer the test decides, and which remembers all it was asked. Ends with the test. */
export async function adminServer(respond: Respond): Promise<AdminServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((incoming, response) => {
    void bodyOf(incoming).then((body) => {
      const { method = "", url = "", headers } = incoming;
      const request = { method, path: url, headers, body };
      requests.push(request);
      respond(request, response, requests.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    writes: () => requests.filter(({ method }) => method !== "GET" && method !== "HEAD"),
    close,
  };
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

async function bodyOf(incoming: IncomingMessage): Promise<string> {
  let body = "";
  for await (const piece of incoming.setEncoding("utf8")) body += piece;
  return body;
}

/** One item of the key-breakers dialect. */
export function keyBreaker(
  key: string,
  state: string,
  config: Record<string, unknown> = {},
  provider = "deepseek",
) {
  return {
    key_id: key,
    provider,
    state,
    failure_count: state === "closed" ? 0 : 5,
    success_count: 0,
    config: { failure_threshold: 5, success_threshold: 2, timeout: 60, ...config },
  };
}
