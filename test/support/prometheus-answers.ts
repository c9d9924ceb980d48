import { onTestFinished } from "vitest";
import { serveHttp, type TestServer } from "./http-servers.ts";

/** The body of an instant query's answer. */
export function vector(result: readonly unknown[], warnings: readonly string[] = []): string {
  return JSON.stringify({ status: "success", data: { resultType: "vector", result }, warnings });
}

/** A server that gives one answer to every question, until the test ends. */
export async function answering(status: number, body: string): Promise<TestServer> {
  const server = await serveHttp((_, response) => response.writeHead(status).end(body));
  onTestFinished(() => server.close());
  return server;
}
