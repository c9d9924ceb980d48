/** A request to an admin API, read whole. */
export interface AdminRequest {
  readonly method: string;
  /** Without the query, still encoded. */
  readonly path: string;
  /** With the query, as it came. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Names and values by turns, in the case they came in. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

export interface AdminReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One system's admin API over one instance's breakers. */
export type Dialect = (request: AdminRequest) => AdminReply;

export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): AdminReply {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}

/** The decoded segments of a path: `/a/b%20c` is `["a", "b c"]`. Null when an escape is broken. */
export function segmentsOf(path: string): string[] | null {
  try {
    return path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    return null;
  }
}

/** The JSON of a body, or undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
