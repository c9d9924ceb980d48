import { messageOf } from "../domain/errors.ts";

export interface Cause {
  readonly why: string;
  readonly hint: string;
}

const NAME = "check the host name, and that this machine can resolve it";
const ROUTE = "check the address, the network and the firewall";
const AUTHORITY = "name the authority's PEM file under tls.ca in the context";
const STRANGER = { why: "its certificate comes from an unknown authority", hint: AUTHORITY };
export const CLIENT_CERTIFICATE_HINT = "check the client certificate and key in the context";
const NO_TLS = { why: "it does not speak TLS there", hint: "is the address http:// rather than https://?" };
export const RESET = {
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

/** The code of whatever could not be parsed as HTTP. */
export const NOT_HTTP = "NOT_HTTP";

/** Why a connection failed, by the code of the runtime or of OpenSSL. */
export function causeOf(code: string, message: string): Cause {
  const known = CAUSES[code];
  if (known !== undefined) return known;
  return code === "EPROTO" || code.startsWith("ERR_SSL_")
    ? handshakeFailed(message)
    : { why: message, hint: ROUTE };
}

/** The innermost error that has a code; an empty code when none has, which makes it a bug. */
export function rootOf(error: unknown): { readonly code: string; readonly message: string } {
  const { name, code, cause } = error as { name?: unknown; code?: unknown; cause?: unknown };
  const message = messageOf(error);
  if (name === "HTTPParserError" || code === "UND_ERR_HEADERS_OVERFLOW") return { code: NOT_HTTP, message };
  if (cause && (typeof code !== "string" || code === "UND_ERR_SOCKET")) return rootOf(cause);
  if (typeof code !== "string") return { code: "", message };
  return { code: code.startsWith("HPE_") ? NOT_HTTP : code, message };
}

/** OpenSSL puts its words between colons: `error:0A00010B:SSL routines:ssl3_get_record:wrong version number:…`. */
function handshakeFailed(message: string): Cause {
  const words = /SSL routines:[^:]*:([^:]+)/.exec(message)?.[1] ?? message;
  if (words === "wrong version number" || words === "packet length too long") return NO_TLS;
  return { why: `the TLS handshake failed: ${words}`, hint: CLIENT_CERTIFICATE_HINT };
}
