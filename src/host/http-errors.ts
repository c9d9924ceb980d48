import { CbctlError, messageOf } from "../domain/errors.ts";

interface Cause {
  readonly why: string;
  readonly hint: string;
}

const NAME = "check the host name, and that this machine can resolve it";
const ROUTE = "check the address, the network and the firewall";
const AUTHORITY = "name the authority's PEM file under tls.ca in the context";
const STRANGER = { why: "its certificate comes from an unknown authority", hint: AUTHORITY };
const CERTIFICATE = "check the client certificate and key in the context";
const NO_TLS = { why: "it does not speak TLS there", hint: "is the address http:// rather than https://?" };
const RESET = {
  why: "the connection was reset",
  hint: "look at the server's log, or at what stands between",
};

const CAUSES: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: { why: "connection refused", hint: "is it running, and is the port right?" },
  ENOTFOUND: { why: "unknown host", hint: NAME },
  EAI_AGAIN: { why: "the host name could not be resolved", hint: NAME },
  ECONNRESET: RESET,
  EPIPE: RESET,
  UND_ERR_SOCKET: RESET,
  ETIMEDOUT: { why: "no answer to the connection attempt", hint: ROUTE },
  EHOSTUNREACH: { why: "no route to the host", hint: ROUTE },
  ENETUNREACH: { why: "no route to the network", hint: ROUTE },
  DEPTH_ZERO_SELF_SIGNED_CERT: { why: "its certificate is self-signed", hint: AUTHORITY },
  SELF_SIGNED_CERT_IN_CHAIN: STRANGER,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: STRANGER,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: STRANGER,
  CERT_HAS_EXPIRED: { why: "its certificate has expired", hint: "renew the server's certificate" },
  CERT_NOT_YET_VALID: { why: "its certificate is not valid yet", hint: "check the clocks of both machines" },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    why: "its certificate is for another name",
    hint: "use the name in the certificate, or give it under tls.serverName",
  },
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: {
    why: "it wants a client certificate",
    hint: "add auth: mtls to the context",
  },
};

/** Words for what a socket or a parser threw before an answer had come; anything else is a bug and stays what it is. */
export function explainFailure(error: unknown, url: URL): unknown {
  if (error instanceof CbctlError) return error;
  const { code, message } = rootOf(error);
  if (code === "") return error;
  if (code.startsWith("HPE_")) return notHttp(url);
  if (code.startsWith("ERR_OSSL_")) {
    return new CbctlError("usage", "the TLS files of the context cannot be used", {
      reason: message,
      hint: CERTIFICATE,
    });
  }
  const isHandshake = code === "EPROTO" || code.startsWith("ERR_SSL_");
  const { why, hint } =
    CAUSES[code] ?? (isHandshake ? handshakeFailed(message) : { why: message, hint: ROUTE });
  return new CbctlError("unreachable", `cannot reach ${showUrl(url)}`, {
    reason: why,
    hint,
    where: showUrl(url),
  });
}

export function timedOut(url: URL, timeoutMs: number): CbctlError {
  return new CbctlError("timed-out", `no complete answer from ${showUrl(url)} within ${timeoutMs / 1000} s`, {
    hint: "is it overloaded or hanging? a longer --timeout gives it more time",
    where: showUrl(url),
  });
}

export function tooLong(url: URL, maxBytes: number): CbctlError {
  return notUnderstood(
    url,
    `the answer is longer than ${showBytes(maxBytes)}`,
    "check that the address is the admin API",
  );
}

export function cutShort(url: URL, received: number): CbctlError {
  return notUnderstood(url, `the answer was cut short after ${showBytes(received)}`, RESET.hint);
}

export function encoded(url: URL, encoding: string): CbctlError {
  return notUnderstood(
    url,
    `the answer is compressed (${encoding}), which was not asked for`,
    "switch that off at the server",
  );
}

export function badRedirect(url: URL, why: string): CbctlError {
  return notUnderstood(url, why, "give the address that it leads to, if that is the right one");
}

/** A URL without what may be secret: user, password, query. */
export function showUrl(url: URL): string {
  return `${url.origin}${url.pathname}${url.search === "" ? "" : "?…"}`;
}

function notHttp(url: URL): CbctlError {
  return notUnderstood(
    url,
    "what answered does not speak HTTP",
    "check the port, and http:// against https://",
  );
}

function notUnderstood(url: URL, reason: string, hint: string): CbctlError {
  return new CbctlError("not-understood", `${showUrl(url)} gave no usable answer`, {
    reason,
    hint,
    where: showUrl(url),
  });
}

/** OpenSSL puts its words between colons: `error:0A00010B:SSL routines:ssl3_get_record:wrong version number:…`. */
function handshakeFailed(message: string): Cause {
  const words = /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message;
  if (words === "wrong version number" || words === "packet length too long") return NO_TLS;
  return { why: `the TLS handshake failed: ${words}`, hint: CERTIFICATE };
}

function rootOf(error: unknown): { readonly code: string; readonly message: string } {
  const { name, code, cause } = error as { name?: unknown; code?: unknown; cause?: unknown };
  if (name === "HTTPParserError" || code === "UND_ERR_HEADERS_OVERFLOW") return { code: "HPE_", message: "" };
  if (typeof code === "string" && (code !== "UND_ERR_SOCKET" || !cause))
    return { code, message: messageOf(error) };
  return cause ? rootOf(cause) : { code: "", message: messageOf(error) };
}

function showBytes(bytes: number): string {
  return bytes < 2 ** 20 ? `${bytes} bytes` : `${Math.round(bytes / 2 ** 20)} MiB`;
}
