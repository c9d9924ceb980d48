import type { Labels, MetricSample, MetricSeries, Point } from "../../domain/metric-series.ts";

/** What a server answered, and what it said about that. */
export interface Answered<T> {
  readonly data: T;
  /** Troubles on the way, in the server's words; of the data or of the query. */
  readonly warnings: readonly string[];
  readonly infos: readonly string[];
  /** False when some of what should have been read was not, or may not have been. */
  readonly complete: boolean;
}

/** The value of a query at one moment. Values may be NaN or ±Infinity; a histogram where a number is wanted is NaN. */
export type QueryValue =
  | { readonly type: "vector"; readonly samples: readonly MetricSample[] }
  | { readonly type: "matrix"; readonly series: readonly MetricSeries[] }
  | ({ readonly type: "scalar" } & Point);

/** Times in milliseconds since 1970. */
export interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

/** A page that is scraped. `health` as the server says it: up, down, unknown. */
export interface ScrapedTarget {
  readonly labels: Labels;
  readonly url: string;
  readonly health: string;
  readonly lastError: string | null;
  /** RFC 3339; null when it was never scraped. */
  readonly lastScrapeAt: string | null;
}

export interface LoadedRule {
  readonly name: string;
  readonly group: string;
  readonly kind: "alerting" | "recording";
  readonly query: string;
  readonly labels: Labels;
  /** Of the evaluation: ok, err, unknown. */
  readonly health: string;
  readonly lastError: string | null;
}

export interface ActiveAlert {
  readonly labels: Labels;
  readonly annotations: Labels;
  readonly state: "firing" | "pending";
  /** RFC 3339. */
  readonly activeAt: string | null;
}

/**
 * A metrics server. An empty answer is an answer: who needs data says so.
 * @throws CbctlError, exit code 9: `unreachable`, `timed-out`, `unauthorized`, `rate-limited`, `not-understood`.
 */
export interface MetricsDriver {
  query(query: string, atMs: number): Promise<Answered<QueryValue>>;
  queryRange(query: string, range: TimeRange, stepMs: number): Promise<Answered<readonly MetricSeries[]>>;
  /** The label sets of series that any of the selectors picks. */
  series(selectors: readonly string[], range: TimeRange): Promise<Answered<readonly Labels[]>>;
  targets(): Promise<Answered<readonly ScrapedTarget[]>>;
  rules(): Promise<Answered<readonly LoadedRule[]>>;
  alerts(): Promise<Answered<readonly ActiveAlert[]>>;
}
