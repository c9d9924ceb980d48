import { CbctlError } from "../domain/errors.ts";
import { CLIENT_CERTIFICATE_HINT, causeOf, NOT_HTTP, RESET, rootOf } from "./http-causes.ts";

/** Words for what a socket or a parser threw before an answer had come; anything else is a bug and stays what it is. */
export function explainFailure(error: unknown, url: URL, proxy: URL | null = null): unknown {
  if (error instanceof CbctlError) return error;
  const { code, message } = rootOf(error);
  if (code === "") return error;
  if (code === NOT_HTTP) return notHttp(url);
  if (code.startsWith("ERR_OSSL_")) {
    return new CbctlError("usage", "the TLS files of the context cannot be used", {
      reason: message,
      hint: CLIENT_CERTIFICATE_HINT,
    });
  }
  const { why, hint } = causeOf(code, message);
  const way = proxy === null ? "" : ` through the proxy ${proxy.origin}`;
  return new CbctlError("unreachable", `cannot reach ${showUrl(url)}${way}`, {
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

function showBytes(bytes: number): string {
  return bytes < 2 ** 20 ? `${bytes} bytes` : `${Math.round(bytes / 2 ** 20)} MiB`;
}
