import type { HttpTls } from "./http.ts";

/** One request and its answer: what is left of an exchange when redirects and the deadline are taken away. */
export interface Hop {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly maxBytes: number;
  readonly tls: HttpTls | null;
  /** Ends the hop at once, its socket included. */
  readonly signal: AbortSignal;
}

export interface HopAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What sends a hop. Throws what its socket threw; `explainFailure` makes words of it. */
export interface Transport {
  send(hop: Hop): Promise<HopAnswer>;
  close(): Promise<void>;
}

/** True for a request that may be sent again, and over a connection that was used before. */
export function isReading(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

/** Repeated headers joined by commas. */
export function joinHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === "string" ? value : (value ?? []).join(", "),
    ]),
  );
}
