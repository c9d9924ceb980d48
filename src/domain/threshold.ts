import { formatDuration } from "./vocabulary/duration.ts";

/** What a canonical threshold measures: how it is typed, shown and converted. */
type Quantity = "count" | "ratio" | "duration" | "flag";

/** Canonical settings of a breaker. A bare `timeout` does not exist here: it means three things in the wild. */
export const THRESHOLDS = {
  failureThreshold: "count",
  failureRateThreshold: "ratio",
  successThreshold: "count",
  openDuration: "duration",
  halfOpenMaxCalls: "count",
  windowDuration: "duration",
  windowCalls: "count",
  minimumCalls: "count",
  callTimeout: "duration",
  slowCallDuration: "duration",
  slowCallRateThreshold: "ratio",
  enabled: "flag",
} as const satisfies Record<string, Quantity>;

export type ThresholdName = keyof typeof THRESHOLDS;

/** A duration in whole milliseconds, a ratio from 0 to 1, a count, or a flag. Null: the system did not tell. */
export type ThresholdValue = number | boolean | null;

/** By the names of JSON output: durations end in `Ms` (`openDurationMs`), the rest are canonical names. */
export type ThresholdValues = Readonly<Record<string, ThresholdValue>>;

export const NATIVE_UNITS = ["ms", "s", "m", "h", "ratio", "percent"] as const;

export type NativeUnit = (typeof NATIVE_UNITS)[number];

/** One threshold of a system: where it stands natively and what it may hold. `min`, `max` and `default` are canonical. */
export interface Threshold {
  readonly as: string;
  readonly unit?: NativeUnit | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly default?: number | boolean | undefined;
  readonly readOnly?: boolean | undefined;
  /** Where its value in force stands, in a system that adapts what was set. */
  readonly inForce?: string | undefined;
  /** The system accepts it but does not show it, so it cannot be read back. */
  readonly writeOnly?: boolean | undefined;
}

export function quantityOf(name: ThresholdName): Quantity {
  return THRESHOLDS[name];
}

/** The name of a threshold in JSON output. */
export function jsonName(name: ThresholdName): string {
  return THRESHOLDS[name] === "duration" ? `${name}Ms` : name;
}

/** The canonical name behind a JSON name; undefined when there is none. */
export function thresholdOfJsonName(name: string): ThresholdName | undefined {
  return (Object.keys(THRESHOLDS) as ThresholdName[]).find((known) => jsonName(known) === name);
}

export function isThresholdName(name: string): name is ThresholdName {
  return Object.hasOwn(THRESHOLDS, name);
}

/** A setting as it is typed: `openDuration=90s`, `failureThreshold=7`. Takes the name and value of JSON output. */
export function assignmentOf(name: string, value: ThresholdValue | undefined): string {
  const known = thresholdOfJsonName(name);
  const isDuration = known !== undefined && THRESHOLDS[known] === "duration";
  return `${known ?? name}=${isDuration && typeof value === "number" ? formatDuration(value) : (value ?? "?")}`;
}

const DECIMAL = /^-?\d+(\.\d+)?$/;

const PER_CANONICAL: Record<NativeUnit, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  ratio: 1,
  percent: 0.01,
};

/** A native value in canonical terms. Numbers are never guessed: what is not the quantity of its threshold is not told. */
export function fromNative(name: ThresholdName, threshold: Threshold, native: unknown): ThresholdValue {
  if (quantityOf(name) === "flag") return typeof native === "boolean" ? native : null;
  const number = typeof native === "string" && DECIMAL.test(native) ? Number(native) : native;
  if (typeof number !== "number" || !Number.isFinite(number)) return null;
  return round(number * PER_CANONICAL[threshold.unit ?? "ratio"]);
}

/** A canonical value in the native unit; null when the unit cannot hold it exactly (1500 ms in whole seconds). */
export function toNative(threshold: Threshold, value: number | boolean): number | boolean | null {
  if (typeof value === "boolean") return value;
  const native = round(value / PER_CANONICAL[threshold.unit ?? "ratio"]);
  const mustBeWhole = threshold.unit !== "ratio" && threshold.unit !== "percent";
  return mustBeWhole && !Number.isInteger(native) ? null : native;
}

/** Takes the noise of binary fractions off a converted number. */
function round(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12));
}
