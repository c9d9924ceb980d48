import type { Tls } from "../domain/config.ts";

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** Names keep their case on the wire. */
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that never follow a redirect to another origin. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** For the whole exchange, redirects and body included. */
  readonly timeoutMs: number;
  /** An answer longer than this is cut off and refused. */
  readonly maxBytes: number;
  readonly tls: HttpTls | null;
  readonly signal: AbortSignal;
}

/** PEM texts, already read. */
export interface HttpTls extends Pick<Tls, "serverName" | "insecure"> {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names; repeated headers joined by commas. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** After redirects. */
  readonly url: string;
}

/**
 * One exchange over HTTP. GET and HEAD follow up to five redirects, anything else none.
 * @throws CbctlError `unreachable` (refused, unknown host, reset, TLS), `timed-out`, `not-understood` (too large, cut short,
 * not HTTP, redirect loop), `interrupted` when the signal aborts.
 */
export interface HttpClient {
  exchange(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends idle connections, so that the process can end. */
  close(): Promise<void>;
}
