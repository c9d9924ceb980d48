import http, { type IncomingMessage, type RequestListener } from "node:http";
import https from "node:https";
import net, { type AddressInfo, type Server, type Socket } from "node:net";
import type { TlsOptions } from "node:tls";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Names and values by turns, as they came over the wire. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** The same for requests over one connection. */
  readonly clientPort: number | undefined;
}

export interface TestServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly requests: SeenRequest[];
  /** How many connections are open now. */
  connections(): number;
  close(): Promise<void>;
}

type OnConnect = (request: IncomingMessage, socket: Socket) => void;

/** An HTTP server on a free loopback port that remembers what it was asked. */
export function serveHttp(
  listener: RequestListener,
  tls?: TlsOptions,
  onConnect?: OnConnect,
): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  const remember: RequestListener = async (request, response) => {
    const { method = "", url: path = "", rawHeaders, headers, socket } = request;
    const clientPort = socket.remotePort;
    const body = await textOf(request);
    requests.push({ method, path, rawHeaders, headers, body, clientPort });
    listener(request, response);
  };
  const server = tls ? https.createServer(tls, remember) : http.createServer(remember);
  if (onConnect) server.on("connect", onConnect);
  return listen(server, tls ? "https" : "http", requests);
}

/** A TCP server that says what no HTTP server would say. */
export function serveRaw(onConnection: (socket: Socket) => void): Promise<TestServer> {
  return listen(net.createServer(onConnection), "http", []);
}

/** A port of this machine where nothing listens. */
export async function refusedUrl(): Promise<string> {
  const server = await serveRaw(() => {});
  await server.close();
  return server.url;
}

async function listen(server: Server, scheme: string, requests: SeenRequest[]): Promise<TestServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => sockets.size,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
