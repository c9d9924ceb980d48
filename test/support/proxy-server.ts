import http from "node:http";
import net, { type Socket } from "node:net";
import { serveHttp, type TestServer } from "./http-servers.ts";

export interface TestProxy {
  readonly url: string;
  /** What was asked of it: `CONNECT backend.test:443`, `GET http://backend.test/x`. */
  readonly asked: string[];
  readonly authorizations: (string | undefined)[];
  close(): Promise<void>;
}

/** A forward proxy that leads every host to one port of this machine. @param refusal a status to refuse everything with. */
export async function serveProxy(targetPort: number, refusal?: number): Promise<TestProxy> {
  const asked: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const tunnels = new Set<Socket>();
  const seen = (request: http.IncomingMessage) => {
    asked.push(`${request.method} ${request.url}`);
    authorizations.push(request.headers["proxy-authorization"]);
  };
  const server: TestServer = await serveHttp(
    (request, response) => {
      seen(request);
      if (refusal !== undefined) return response.writeHead(refusal).end();
      const { pathname, search } = new URL(request.url ?? "");
      const onward = {
        host: "127.0.0.1",
        port: targetPort,
        path: pathname + search,
        headers: request.headers,
      };
      return http.get(onward, (answer) =>
        answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.headers)),
      );
    },
    undefined,
    (request, socket: Socket) => {
      seen(request);
      if (refusal !== undefined)
        return socket.end(`HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\n\r\n`);
      const onward = net.connect(targetPort, "127.0.0.1", () =>
        socket.write("HTTP/1.1 200 Connected\r\n\r\n"),
      );
      tunnels.add(onward);
      onward
        .on("error", () => socket.destroy())
        .pipe(socket)
        .on("error", () => onward.destroy())
        .pipe(onward);
      return socket;
    },
  );
  return {
    url: server.url,
    asked,
    authorizations,
    async close() {
      for (const tunnel of tunnels) tunnel.destroy();
      await server.close();
    },
  };
}
