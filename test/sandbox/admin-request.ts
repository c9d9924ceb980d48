import type { AdminRequest } from "../../src/sandbox/admin-exchange.ts";

/** A request as the admin server hands it on; its target may have a query. */
export function adminRequest(
  method: string,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  body: unknown = "",
): AdminRequest {
  return {
    method,
    target,
    path: target.split("?")[0] ?? "",
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
    rawHeaders: Object.entries(headers).flat(),
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}
