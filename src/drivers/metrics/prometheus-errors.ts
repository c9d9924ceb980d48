import { CbctlError, type ErrorCode } from "../../domain/errors.ts";
import type { HttpAnswer } from "../../host/http.ts";
import type { Answered } from "./driver.ts";

/** What the server itself called the error; VictoriaMetrics repeats the status where Prometheus has a word. */
export interface ServerError {
  readonly type: string;
  readonly words: string;
}

/** An answer that is no success, in words of its own for each kind. `said` is null where the API itself said nothing. */
export function notGood(
  answer: HttpAnswer,
  said: ServerError | null,
  redact: (text: string) => string,
): CbctlError {
  const from = addressOf(answer.url);
  const words = said === null ? pageWords(redact(answer.body)) : cut(said.words);
  const fail = (code: ErrorCode, message: string, hint: string) =>
    new CbctlError(code, message, { reason: words || undefined, hint, where: from });
  const { status, headers } = answer;
  if (status === 401 || status === 403) {
    return fail(
      "unauthorized",
      `Prometheus at ${from} refused the credentials (${status})`,
      "check the credentials of prometheus: in the context",
    );
  }
  if (status === 429)
    return fail(
      "rate-limited",
      `Prometheus at ${from} limits requests`,
      `try again ${delay(headers["retry-after"])}`,
    );
  if (said !== null) return serverError(status, said, fail, from);
  if (status === 503)
    return fail(
      "unreachable",
      `Prometheus at ${from} is not ready (503)`,
      "it may be starting: try again in a minute",
    );
  if (status === 404)
    return fail(
      "not-understood",
      `there is no Prometheus API at ${from} (404)`,
      "check prometheus.url of the context, with its path prefix",
    );
  if (status >= 300 && status < 400) {
    return fail(
      "not-understood",
      `Prometheus at ${from} sends elsewhere (${status})`,
      `give the address it leads to, if it is right: ${headers.location ?? "none given"}`,
    );
  }
  if (answer.body.trim() === "")
    return fail(
      "not-understood",
      `Prometheus at ${from} answered ${status} with an empty body`,
      CHECK_ADDRESS,
    );
  return fail(
    "not-understood",
    `${from} answered ${status} with ${kindOf(answer)}, not as Prometheus does`,
    CHECK_ADDRESS,
  );
}

const CHECK_ADDRESS = "check prometheus.url of the context: a proxy or a login page may stand there";

type Fail = (code: ErrorCode, message: string, hint: string) => CbctlError;

function serverError(status: number, { type }: ServerError, fail: Fail, from: string): CbctlError {
  const kind = /^\d*$/.test(type) ? String(status) : type;
  if (type === "timeout")
    return fail(
      "timed-out",
      `Prometheus at ${from} gave up the query (${kind})`,
      "ask for less: a narrower match, a shorter window; or give it a longer --timeout",
    );
  if (status === 503)
    return fail(
      "unreachable",
      `Prometheus at ${from} cannot answer now (${kind})`,
      "it may be starting, stopping or overloaded: try again in a minute",
    );
  if (status === 400)
    return fail(
      "not-understood",
      `Prometheus at ${from} does not understand the query (${kind})`,
      "correct the query, or the metrics: of the system",
    );
  if (status === 422)
    return fail(
      "not-understood",
      `Prometheus at ${from} cannot carry out the query (${kind})`,
      "it may match too much, or hold what this server does not know: a narrower match in the context helps against limits",
    );
  return fail(
    "not-understood",
    `Prometheus at ${from} answered with an error (${kind})`,
    "its own log may say more",
  );
}

/** A failure of the exchange itself, said of Prometheus. */
export function explained(error: unknown): unknown {
  if (!(error instanceof CbctlError) || error.exitCode !== 9) return error;
  const { code, message, reason, hint, where } = error;
  return new CbctlError(code, `no metrics: ${message}`, {
    reason: reason ?? undefined,
    hint: hint ?? "check prometheus.url of the context",
    where: where ?? undefined,
  });
}

export function unexpected(url: string, reason: string): CbctlError {
  const from = addressOf(url);
  return new CbctlError("not-understood", `Prometheus at ${from} gave no usable answer`, {
    reason,
    hint: "check prometheus.url of the context, and whether that server speaks the HTTP API v1 of Prometheus",
    where: from,
  });
}

/** The data, where all of it is needed. @throws CbctlError `no-data` when it was read only in part. */
export function requireComplete<T>({ data, complete, warnings }: Answered<T>, query: string): T {
  if (complete) return data;
  throw new CbctlError("no-data", `Prometheus answered only in part: ${query}`, {
    reason: warnings.join("; ") || "the server says that its answer is partial",
    hint: "see which of its stores are away, and ask again",
  });
}

/** The data, where some is needed. @throws CbctlError `no-data` when it is empty. */
export function requireSome<T>(data: readonly T[], query: string): readonly T[] {
  if (data.length > 0) return data;
  throw new CbctlError("no-data", `Prometheus has no data for ${query}`, {
    reason: "no series matches, which says nothing of what they would show",
    hint: "check match: of the context, and whether the system is scraped (its target, /api/v1/targets)",
  });
}

function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/api\/v1\/.*$|\/+$/, "")}`;
}

function delay(retryAfter: string | undefined): string {
  return /^\d{1,9}$/.test(retryAfter ?? "") ? `after ${retryAfter} s` : "later";
}

const LONGEST_QUOTE = 300;

function cut(words: string): string {
  return words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words;
}

/** The words of a page that is not of the API. */
function pageWords(body: string): string {
  const start = body.slice(0, 4_096);
  const title = /<title[^>]*>([^<]{1,200})</i.exec(start)?.[1];
  return cut((title ?? start.replace(/<[^>]{0,200}>/g, " ")).replace(/\s+/g, " ").trim());
}

function kindOf({ headers, body }: HttpAnswer): string {
  if (/html/i.test(headers["content-type"] ?? "") || /^\s*</.test(body)) return "HTML";
  return /^\s*[[{]/.test(body) ? "other or damaged JSON" : "text";
}
