import http from "node:http";
import type { AddressInfo } from "node:net";

export interface RunningServer {
  /** Without a slash at the end. */
  readonly url: string;
  /** Ends open connections too. */
  stop(): Promise<void>;
}

/** Starts a server on a free loopback port. */
export async function startServer(listener: http.RequestListener): Promise<RunningServer> {
  const server = http.createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
