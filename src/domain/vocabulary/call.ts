/**
 * One exchange with the outside, as data. A string `METHOD /path` is the short form of `{http: …}`.
 * Strings may hold `${name}` holes, which the place they stand in encodes.
 */
export interface HttpCall {
  readonly http: string;
  /** Sent as JSON; a patch without a body sends the changed settings in their native names. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Call = HttpCall;

/** A call with every hole filled, ready for its driver. `path` is relative to the instance unless it is a whole URL. */
export interface FilledHttpCall {
  readonly kind: "http";
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export type FilledCall = FilledHttpCall;

/** What came back, before anything is judged. `value` is the body as JSON, `undefined` when it is not JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The beginning of the body, as one line. */
  readonly text: string;
  readonly value: unknown;
  /** Where it came from, after redirects. */
  readonly from: string;
}

/** A request with one of these changes nothing at the other side. */
export function isReadOnly(call: FilledCall): boolean {
  return call.method === "GET" || call.method === "HEAD";
}
