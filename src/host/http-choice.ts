import type { HttpClient } from "./http.ts";
import { httpClient } from "./http-exchange.ts";
import type { Hop } from "./http-transport.ts";
import { lazily } from "./lazily.ts";
import { type Environment, proxyFor } from "./proxy-rules.ts";

/** A client that loads, for each request, the lightest transport that can send it, and only when one is to be sent. */
export function createHttp(env: Environment): HttpClient {
  const loading: Promise<{ close(): Promise<void> }>[] = [];
  const once = <T extends { close(): Promise<void> }>(load: () => Promise<T>) =>
    lazily(() => {
      const transport = load();
      loading.push(transport);
      return transport;
    });
  const builtin = once(async () => (await import("./http-builtin.ts")).builtinTransport());
  const undici = once(async () => (await import("./http-undici.ts")).undiciTransport(env));
  return httpClient({
    send: async (hop) => (await (needsUndici(hop, env) ? undici() : builtin())).send(hop),
    async close() {
      await Promise.all(loading.map(async (transport) => (await transport).close()));
    },
  });
}

/** The built-in client knows no proxies; client certificates go by undici as well. */
function needsUndici({ url, tls }: Hop, env: Environment): boolean {
  return tls?.cert !== undefined || proxyFor(url, env) !== null;
}
