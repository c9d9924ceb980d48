import { cleanJson, cleanText, mayHoldHarm } from "../../domain/clean-text.ts";
import type { Instance } from "../../domain/fleet.ts";
import { type Answer, type FilledCall, isReadOnly } from "../../domain/vocabulary/call.ts";
import type { HttpAnswer, HttpClient, HttpTls } from "../../host/http.ts";
import type { CallDriver, SendOptions } from "./driver.ts";

export interface HttpCallsOptions {
  readonly http: HttpClient;
  /** Read on the first call, so that a command which sends nothing asks for no secret. */
  readonly credentials: () => Promise<Readonly<Record<string, string>>>;
  readonly tls: () => Promise<HttpTls | null>;
  /** As curl options: `-H "Authorization: Bearer $CB_TOKEN"`. */
  readonly shownCredentials: readonly string[];
  readonly maxBytes: number;
  readonly userAgent: string;
  /** Takes the secrets out of a text: a server may echo them, and a text that is cut later would hide them from the last look. */
  readonly redact: (text: string) => string;
  /** Told of every exchange, for `-v`. */
  readonly trace: (line: string) => void;
}

/** Calls over HTTP. Text that comes back is cleaned here, before anything reads it. */
export function httpCalls(options: HttpCallsOptions): CallDriver {
  return {
    async send(call, instance, { timeoutMs, signal, requestId }: SendOptions): Promise<Answer> {
      const url = urlOf(call, instance);
      const own = new URL(url).origin === new URL(instance.url).origin;
      const exchange = {
        method: call.method,
        url,
        headers: headersOf(call, requestId, options.userAgent),
        credentials: own ? await options.credentials() : {},
        body: call.body,
        timeoutMs,
        maxBytes: options.maxBytes,
        tls: await options.tls(),
        signal,
      };
      options.trace(`> ${call.method} ${url}`);
      const answer = await options.http.exchange(exchange);
      options.trace(`< ${answer.status} ${answer.url} ${answer.body.length} bytes`);
      return readAnswer(answer, options.redact);
    },
    show: (call, instance) => curlOf(call, instance, options.shownCredentials),
  };
}

function urlOf(call: FilledCall, instance: Instance): string {
  if (/^https?:\/\//.test(call.path)) return call.path;
  return `${instance.url.replace(/\/+$/, "")}/${call.path.replace(/^\/+/, "")}`;
}

function headersOf(call: FilledCall, requestId: string | null, userAgent: string): Record<string, string> {
  return {
    Accept: "application/json",
    "User-Agent": userAgent,
    ...(isReadOnly(call) && { "Cache-Control": "no-cache" }),
    ...(call.body !== null && { "Content-Type": "application/json" }),
    ...(requestId !== null && { "X-Request-ID": requestId }),
    ...call.headers,
  };
}

/** So much of a body is kept as text: enough for the words of an error page. */
const LONGEST_TEXT = 4_096;

function readAnswer({ status, headers, body, url }: HttpAnswer, redact: HttpCallsOptions["redact"]): Answer {
  const open = redact(body);
  const text = cleanText(open.slice(0, LONGEST_TEXT).replace(/\s+/g, " "));
  return { status, headers, text, value: parseClean(body, open !== body, redact), from: url };
}

function parseClean(body: string, holdsSecret: boolean, redact: HttpCallsOptions["redact"]): unknown {
  try {
    const value: unknown = JSON.parse(body);
    if (holdsSecret) return cleanJson(value, (text) => cleanText(redact(text)));
    return mayHoldHarm(body) ? cleanJson(value, cleanText) : value;
  } catch {
    return undefined;
  }
}

function curlOf(call: FilledCall, instance: Instance, credentials: readonly string[]): string {
  const parts = ["curl", "-sS", ...(call.method === "GET" ? [] : ["-X", call.method]), ...credentials];
  for (const [name, value] of Object.entries(call.headers)) parts.push("-H", quote(`${name}: ${value}`));
  if (call.body !== null) parts.push("-H", quote("Content-Type: application/json"), "-d", quote(call.body));
  return [...parts, quote(urlOf(call, instance))].join(" ");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
