import { CbctlError } from "../domain/errors.ts";
import { nearNamesHint } from "../domain/near-names.ts";
import type { System } from "../domain/system.ts";
import {
  isThresholdName,
  jsonName,
  quantityOf,
  type Threshold,
  type ThresholdName,
  thresholdOfJsonName,
  toNative,
} from "../domain/threshold.ts";
import { formatDuration, parseDuration } from "../domain/vocabulary/duration.ts";
import type { NativeSettings } from "./calls.ts";
import { knownThresholds } from "./thresholds.ts";

/** One threshold to set: the canonical value, and what is sent. */
export interface Setting {
  readonly name: ThresholdName;
  readonly threshold: Threshold;
  readonly value: number | boolean;
  readonly native: number | boolean;
}

const ASSIGNMENT = /^([A-Za-z][\w.-]*)=(.+)$/s;

/**
 * Reads `failureThreshold=7`, `openDuration=90s` or, by its native name and in its native unit, `timeout=90`.
 * @throws CbctlError `usage`, `unknown-name`, `out-of-bounds` naming field, bound and unit; `unsupported` for what this system cannot set.
 */
export function readSettings(system: System, assignments: readonly string[]): Setting[] {
  const settings = assignments.map((text) => readSetting(system, text));
  const twice = settings.find(
    ({ name }, index) => settings.findIndex((other) => other.name === name) !== index,
  );
  if (twice)
    throw new CbctlError("usage", `${twice.name} is given twice`, { hint: "give each threshold once" });
  return settings;
}

function readSetting(system: System, assignment: string): Setting {
  const [, given = "", text = ""] = ASSIGNMENT.exec(assignment) ?? [];
  if (given === "") {
    throw new CbctlError("usage", `"${assignment}" is not NAME=VALUE`, {
      hint: "for example: failureThreshold=7",
    });
  }
  const known = knownThresholds(system.thresholds);
  const canonical = isThresholdName(given) ? given : thresholdOfJsonName(given);
  const entry = known.find(([name, { as }]) => name === canonical || as === given || leaf(as) === given);
  if (!entry) throw unknownThreshold(system, given, canonical !== undefined, known);
  const [name, threshold] = entry;
  if (threshold.readOnly) {
    throw new CbctlError("unsupported", `system ${system.name} shows ${name} but cannot set it`, {
      hint: system.instead.patch,
    });
  }
  const byNative = name !== canonical;
  const value = readValue(name, threshold, text.trim(), byNative || given.endsWith("Ms"), given);
  return { name, threshold, value, native: inNative(name, threshold, value, text) };
}

function leaf(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

function unknownThreshold(
  system: System,
  given: string,
  isCanonical: boolean,
  known: readonly (readonly [ThresholdName, Threshold])[],
): CbctlError {
  const names = known.map(([name]) => name);
  if (isCanonical || names.length === 0) {
    const settable = names.length > 0 ? `it can set ${names.join(", ")}` : system.instead.patch;
    return new CbctlError("unsupported", `system ${system.name} cannot set ${given}`, { hint: settable });
  }
  const candidates = [...names, ...known.map(([, { as }]) => as)];
  return new CbctlError("unknown-name", `system ${system.name} knows no threshold "${given}"`, {
    hint: nearNamesHint(given, candidates) ?? `known: ${names.join(", ")}`,
  });
}

function readValue(
  name: ThresholdName,
  threshold: Threshold,
  text: string,
  bareIsNative: boolean,
  given: string,
) {
  const quantity = quantityOf(name);
  if (quantity === "flag") {
    if (text === "true" || text === "false") return text === "true";
    throw notA(name, text, "true or false");
  }
  const bare = /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
  if (quantity === "duration") return readDuration(name, threshold, text, bareIsNative ? bare : null, given);
  if (quantity === "ratio") {
    if (bare !== null) return threshold.unit === "percent" && bareIsNative ? bare / 100 : bare;
    if (/^\d+(\.\d+)?%$/.test(text)) return Number(text.slice(0, -1)) / 100;
    throw notA(name, text, "a ratio such as 0.6 or 60%");
  }
  if (bare !== null && Number.isInteger(bare)) return bare;
  throw notA(name, text, "a whole number");
}

function readDuration(
  name: ThresholdName,
  threshold: Threshold,
  text: string,
  bare: number | null,
  given: string,
): number {
  if (bare !== null) {
    const unit = given.endsWith("Ms") ? "ms" : (threshold.unit ?? "ms");
    return bare * (unit === "h" ? 3_600_000 : unit === "m" ? 60_000 : unit === "s" ? 1_000 : 1);
  }
  const ms = parseDuration(text);
  if (ms === null) throw notA(name, text, "a duration with its unit, such as 90s, 2m or 500ms");
  return ms;
}

function notA(name: ThresholdName, text: string, wanted: string): CbctlError {
  return new CbctlError("usage", `${name}: "${text}" is not ${wanted}`, { where: name });
}

function inNative(
  name: ThresholdName,
  threshold: Threshold,
  value: number | boolean,
  text: string,
): number | boolean {
  if (typeof value === "number") checkBounds(name, threshold, value, text);
  const native = toNative(threshold, value);
  if (native !== null) return native;
  throw new CbctlError("out-of-bounds", `${name}: ${text} is not exact in ${unitWord(threshold)}`, {
    reason: `the system keeps ${threshold.as} in whole ${unitWord(threshold)}`,
    hint: "give a value that its unit can hold",
    where: name,
  });
}

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

const UNIT_WORDS: Readonly<Record<string, string>> = {
  ms: "milliseconds",
  s: "seconds",
  m: "minutes",
  h: "hours",
};

function unitWord(threshold: Threshold): string {
  return UNIT_WORDS[threshold.unit ?? ""] ?? "units";
}

/** What is sent: native names and values, nested by their dots. */
export function nativeSettings(settings: readonly Setting[]): NativeSettings {
  const nested: Record<string, unknown> = {};
  for (const { threshold, native } of settings) {
    const names = threshold.as.split(".");
    const last = names.pop() as string;
    let at = nested;
    for (const name of names) {
      at[name] ??= {};
      at = at[name] as Record<string, unknown>;
    }
    at[last] = native;
  }
  return nested;
}

/** The thresholds a patch shall leave behind, by JSON names. */
export function wantedThresholds(settings: readonly Setting[]): Record<string, number | boolean> {
  return Object.fromEntries(settings.map(({ name, value }) => [jsonName(name), value]));
}
