import { type AdminReply, jsonReply } from "../admin-exchange.ts";

const emptyContext = { request_id: "", trace_id: "", tenant_id: "" };

/** An error in the words of the router's HTTP front. */
export function gatewayError(status: number, code: string, message: string): AdminReply {
  const error = { code, message, intake_error_code: null, details: {} };
  return jsonReply(status, { ok: false, error, context: emptyContext });
}

export function routeNotFound(): AdminReply {
  return gatewayError(404, "invalid_request", "route not found");
}

/** An error that the router itself reports, which its front passes on. */
export function routerError(status: number, code: string, message: string): AdminReply {
  return jsonReply(status, { error: { code, message } });
}

/** The value of a header whose name is written in this very case; another case is another header. */
export function exactHeader(rawHeaders: readonly string[], name: string): string | null {
  const place = rawHeaders.findIndex((header, index) => index % 2 === 0 && header === name);
  return place < 0 ? null : (rawHeaders[place + 1] ?? null);
}
