import type { BreakerState, Counts } from "./breaker.ts";
import type { Threshold, ThresholdName } from "./threshold.ts";
import type { Call } from "./vocabulary/call.ts";
import type { Holds, Reach, Verb } from "./vocabulary/change.ts";
import type { Condition } from "./vocabulary/condition.ts";

/** A setting of the document that a context may give: `name: default`, filled in when the document is opened. */
export interface Input {
  readonly description?: string | undefined;
  readonly default?: string | number | boolean | undefined;
}

/** Where a field stands in one item of the answer (a JMESPath), and how its words and numbers read. */
export interface Field {
  readonly at?: string | undefined;
  /** Judge the breaker's key instead of something in the item. */
  readonly of?: "key" | undefined;
  readonly unit?: "ratio" | "percent" | "s" | "ms" | undefined;
  /** Values that mean "not told", such as -1. */
  readonly unknown?: readonly (string | number)[] | undefined;
  /** Meaning → the native words (globs) or numbers that carry it. */
  readonly words?: Readonly<Record<string, readonly (string | number)[]>> | undefined;
}

export interface Read {
  readonly call: Call;
  /** A path to a list or a map of items; without it the whole answer is the list. */
  readonly items?: string | undefined;
  readonly key?: Field | undefined;
  readonly group?: Field | undefined;
  readonly labels?: Readonly<Record<string, Field>> | undefined;
  readonly state: Field;
  readonly since?: Field | undefined;
  readonly retryAt?: Field | undefined;
  readonly lastFailure?: Field | undefined;
  readonly reason?: Field | undefined;
  readonly counts?: Readonly<Partial<Record<Exclude<keyof Counts, "scope">, Field>>> | undefined;
  readonly countsScope?: NonNullable<Counts["scope"]> | undefined;
}

export interface Thresholds {
  /** Path of the object that holds them in an item; without it the item itself. */
  readonly in?: string | undefined;
  readonly known: Readonly<Partial<Record<ThresholdName, Threshold>>>;
}

/**
 * One way to carry out a verb for a reach: its calls, in order. A patch whose call has no body sends the changed settings
 * by their native names; a body says with `${settings}` where they go.
 */
export interface Change {
  readonly calls: readonly Call[];
  readonly holds?: Holds | undefined;
  readonly note?: string | undefined;
}

export type Changes = Readonly<Partial<Record<Verb, Readonly<Record<Reach, Change>>>>>;

export const MEANINGS = [
  "ok",
  "failed",
  "unauthorized",
  "no-such-breaker",
  "unsupported",
  "slow-down",
] as const;

export type Meaning = (typeof MEANINGS)[number];

/** An exception to what HTTP says. The first rule whose tests all hold decides. */
export interface AnswerRule {
  readonly call?: "read" | "change" | undefined;
  readonly status?: readonly number[] | undefined;
  readonly when?: Condition | undefined;
  readonly means: Meaning;
  /** A path to the system's own words. */
  readonly message?: string | undefined;
  readonly hint?: string | undefined;
}

/** One way to tell the state from metrics; a document lists them in order of trust. */
export type StateFromMetrics =
  | { readonly series: string; readonly words: Readonly<Partial<Record<BreakerState, number>>> }
  | { readonly series: string; readonly label: string }
  | { readonly transitions: string; readonly from?: string | undefined; readonly to?: string | undefined }
  | { readonly remaining: string };

export interface Metrics {
  readonly labels: Readonly<Record<string, string>>;
  readonly state?: readonly StateFromMetrics[] | undefined;
  readonly series: Readonly<Record<string, string>>;
}

/** A call that tells whether the whole is ready, beside its breakers. */
export interface HealthCall {
  readonly call: Call;
  /** Statuses that come with a body to read; 2xx when not given. */
  readonly accept?: readonly number[] | undefined;
  /** A path to true or false. */
  readonly ready: string;
  /** A path to a list of names. */
  readonly degraded?: string | undefined;
}

/** A breaker platform and its dialect: what it can be asked, what can be changed, and how. Anything not declared it cannot do. */
export interface System {
  readonly name: string;
  readonly title: string;
  readonly description: string | null;
  readonly inputs: Readonly<Record<string, Input>>;
  readonly read: Read | null;
  readonly thresholds: Thresholds;
  readonly change: Changes;
  readonly answers: readonly AnswerRule[];
  readonly metrics: Metrics | null;
  readonly checks: Readonly<
    Record<string, { readonly call: Call; readonly accept?: readonly number[] | undefined }>
  >;
  readonly health: HealthCall | null;
  readonly pace: { readonly calls: number; readonly perMs: number } | null;
  readonly instead: Readonly<Partial<Record<Verb, string>>>;
}
