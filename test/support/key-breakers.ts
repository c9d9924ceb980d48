import { type AdminServer, adminServer, keyBreaker, sendJson } from "./admin-server.ts";

/** The command line options that reach these servers without a config. */
export function at(...servers: readonly { readonly url: string }[]): string[] {
  return ["--system", "key-breakers", ...servers.flatMap(({ url }) => ["--admin-url", url])];
}

/** A server of the key-breakers dialect that lists these breakers whatever it is asked. */
export function listing(items: unknown): Promise<AdminServer> {
  return adminServer((_, response) => sendJson(response, items));
}

/** So many breakers, closed but for the first. */
export function manyBreakers(count: number) {
  return Array.from({ length: count }, (_, index) =>
    keyBreaker(`key-${String(index).padStart(6, "0")}`, index === 0 ? "open" : "closed"),
  );
}
