import { CbctlError } from "../domain/errors.ts";
import {
  fromNative,
  type NativeUnit,
  quantityOf,
  type Threshold,
  type ThresholdName,
  toNative,
} from "../domain/threshold.ts";
import { formatDuration, parseDuration } from "../domain/vocabulary/duration.ts";

/** A typed value: canonical, exactly as it will read back, and what is sent. */
export interface SettingValue {
  readonly value: number | boolean;
  readonly native: number | boolean;
}

/**
 * Reads the value of a threshold as it is typed; a number without a unit is in `bareUnit`.
 * @throws CbctlError `usage` for what is no such value; `out-of-bounds` naming field, bound and unit.
 */
export function readValue(
  name: ThresholdName,
  threshold: Threshold,
  text: string,
  bareUnit: NativeUnit | null,
): SettingValue {
  const typed = readTyped(name, text, bareUnit);
  if (typeof typed === "boolean") return { value: typed, native: typed };
  checkBounds(name, threshold, typed, text);
  const native = toNative(threshold, typed);
  const value = native === null ? null : fromNative(name, threshold, native);
  if (native === null || value === null) throw notExact(name, threshold, text);
  return { value, native };
}

function readTyped(name: ThresholdName, text: string, bareUnit: NativeUnit | null): number | boolean {
  const quantity = quantityOf(name);
  if (quantity === "flag") return readFlag(name, text);
  const bare = /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
  if (quantity === "duration") return readDuration(name, text, bare, bareUnit);
  if (quantity === "ratio") return readRatio(name, text, bare, bareUnit);
  if (bare !== null && Number.isSafeInteger(bare)) return bare;
  throw notA(name, text, "a whole number");
}

function readFlag(name: ThresholdName, text: string): boolean {
  if (text === "true" || text === "false") return text === "true";
  throw notA(name, text, "true or false");
}

function readRatio(name: ThresholdName, text: string, bare: number | null, unit: NativeUnit | null): number {
  const percent = /^\d+(\.\d+)?%$/.test(text) ? Number(text.slice(0, -1)) : unit === "percent" ? bare : null;
  const ratio = percent === null ? bare : percent / 100;
  if (ratio !== null && ratio <= 1) return ratio;
  throw notA(name, text, "a ratio of 0 to 1, such as 0.6 or 60%");
}

function readDuration(
  name: ThresholdName,
  text: string,
  bare: number | null,
  unit: NativeUnit | null,
): number {
  const ms =
    bare !== null && unit !== null ? fromNative(name, { as: name, unit }, bare) : parseDuration(text);
  if (typeof ms === "number") return ms;
  throw notA(name, text, "a duration with its unit, such as 90s, 2m or 500ms");
}

function notA(name: ThresholdName, text: string, wanted: string): CbctlError {
  return new CbctlError("usage", `${name}: "${text}" is not ${wanted}`, { where: name });
}

function notExact(name: ThresholdName, threshold: Threshold, text: string): CbctlError {
  const unit = UNIT_WORDS[threshold.unit ?? ""] ?? "units";
  return new CbctlError("out-of-bounds", `${name}: ${text} is not exact in ${unit}`, {
    reason: `the system keeps ${threshold.as} in whole ${unit}`,
    hint: "give a value that its unit can hold",
    where: name,
  });
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  ms: "milliseconds",
  s: "seconds",
  m: "minutes",
  h: "hours",
};

function checkBounds(name: ThresholdName, threshold: Threshold, value: number, text: string): void {
  const below = threshold.min !== undefined && value < threshold.min;
  const above = threshold.max !== undefined && value > threshold.max;
  if (!below && !above) return;
  const bound = below ? `at least ${show(name, threshold.min)}` : `at most ${show(name, threshold.max)}`;
  throw new CbctlError("out-of-bounds", `${name}: ${text} is out of bounds`, {
    reason: `${threshold.as} must be ${bound}`,
    where: name,
  });
}

function show(name: ThresholdName, value: number | undefined): string {
  return quantityOf(name) === "duration" ? formatDuration(value ?? 0) : String(value);
}
