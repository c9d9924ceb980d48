import { cleanJson, cleanText, mayHoldHarm } from "../../domain/clean-text.ts";
import type { HttpAnswer, HttpClient, HttpTls } from "../../host/http.ts";
import type { Answered } from "./driver.ts";
import { explained, notGood, unexpected } from "./prometheus-errors.ts";

export interface PrometheusOptions {
  readonly http: HttpClient;
  /** Where the API stands, with its path prefix: `https://mimir.example.com/prometheus`. */
  readonly url: string;
  /** Such as `X-Scope-OrgID`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Read on the first question. */
  readonly credentials: () => Promise<Readonly<Record<string, string>>>;
  readonly tls: () => Promise<HttpTls | null>;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly userAgent: string;
  /** Takes the secrets out of a text. */
  readonly redact: (text: string) => string;
  /** Told of every exchange, for `-v`. */
  readonly trace: (line: string) => void;
}

export interface Question {
  readonly method: "GET" | "POST";
  /** Below `/api/v1/`. */
  readonly path: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** Asks, and takes the envelope off the answer. @throws CbctlError for anything but success. */
export async function ask(options: PrometheusOptions, question: Question): Promise<Answered<unknown>> {
  const answer = await send(options, question);
  const body = parse(options.redact(answer.body));
  if (!isRecord(body) || (body.status !== "success" && body.status !== "error")) {
    throw notGood(answer, null, options.redact);
  }
  if (body.status === "error" || answer.status >= 300) {
    throw notGood(answer, { type: textOf(body.errorType), words: textOf(body.error) }, options.redact);
  }
  if (!("data" in body)) throw unexpected(options.url, "it answered success without data");
  // Thanos has written its warnings beside the result, too.
  const beside = isRecord(body.data) ? textsOf(body.data.warnings) : [];
  const warnings = [...new Set([...textsOf(body.warnings), ...beside])];
  return {
    data: body.data,
    warnings,
    infos: textsOf(body.infos),
    complete: body.isPartial !== true && warnings.every(isAboutTheQuery),
  };
}

/** Any other warning may speak of a store that did not answer; the API does not tell them apart. */
function isAboutTheQuery(warning: string): boolean {
  return /^PromQL (warning|info)\b/.test(warning);
}

async function send(options: PrometheusOptions, { method, path, parameters }: Question): Promise<HttpAnswer> {
  const form = new URLSearchParams(
    parameters.map(([name, value]): [string, string] => [name, value]),
  ).toString();
  const address = `${options.url.replace(/\/+$/, "")}/api/v1/${path}`;
  const url = method === "GET" && form !== "" ? `${address}?${form}` : address;
  options.trace(`> ${method} ${url}${method === "POST" ? ` ${form}` : ""}`);
  const exchange = options.http.exchange({
    method,
    url,
    headers: {
      Accept: "application/json",
      "User-Agent": options.userAgent,
      ...(method === "POST" && { "Content-Type": "application/x-www-form-urlencoded" }),
      ...options.headers,
    },
    credentials: await options.credentials(),
    body: method === "POST" ? form : null,
    timeoutMs: options.timeoutMs,
    maxBytes: options.maxBytes,
    tls: await options.tls(),
    signal: options.signal,
  });
  const answer = await exchange.catch((error: unknown) => {
    throw explained(error);
  });
  options.trace(`< ${answer.status} ${answer.url} ${answer.body.length} bytes`);
  return answer;
}

function parse(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return mayHoldHarm(body) ? cleanJson(value, cleanText) : value;
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
