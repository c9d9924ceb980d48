import { CbctlError } from "../domain/errors.ts";
import { nearNamesHint } from "../domain/near-names.ts";
import type { System } from "../domain/system.ts";
import {
  isThresholdName,
  jsonName,
  type NativeUnit,
  type Threshold,
  type ThresholdName,
  thresholdOfJsonName,
} from "../domain/threshold.ts";
import type { NativeSettings } from "./calls.ts";
import { readValue } from "./setting-value.ts";
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
  const { name, threshold, bareUnit } = thresholdNamed(system, given);
  if (threshold.readOnly) {
    throw new CbctlError("unsupported", `system ${system.name} shows ${name} but cannot set it`, {
      hint: whatCanBeSet(system),
    });
  }
  return { name, threshold, ...readValue(name, threshold, text.trim(), bareUnit) };
}

interface NamedThreshold {
  readonly name: ThresholdName;
  readonly threshold: Threshold;
  /** The unit of a number without one; null where a duration must name its own. */
  readonly bareUnit: NativeUnit | null;
}

/** By its canonical name first, so that no native name can hide one; then by its whole native name, then by the end of that. */
function thresholdNamed(system: System, given: string): NamedThreshold {
  const known = knownThresholds(system.thresholds);
  const canonical = isThresholdName(given) ? given : thresholdOfJsonName(given);
  const own = canonical && system.thresholds.known[canonical];
  if (own) return { name: canonical, threshold: own, bareUnit: canonical === given ? null : "ms" };
  const whole = known.filter(([, { as }]) => as === given);
  const found = whole.length > 0 ? whole : known.filter(([, { as }]) => as.endsWith(`.${given}`));
  const [first] = found;
  if (first === undefined) throw unknownThreshold(system, given, canonical !== undefined, known);
  if (found.length > 1) {
    const names = found.map(([name, { as }]) => `${as} (${name})`);
    throw new CbctlError("usage", `"${given}" can mean ${names.join(" or ")}`, {
      hint: "give the whole name",
    });
  }
  const [name, threshold] = first;
  return { name, threshold, bareUnit: threshold.unit ?? "ms" };
}

function unknownThreshold(
  system: System,
  given: string,
  isCanonical: boolean,
  known: readonly (readonly [ThresholdName, Threshold])[],
): CbctlError {
  const names = known.map(([name]) => name);
  if (isCanonical || names.length === 0) {
    return new CbctlError("unsupported", `system ${system.name} cannot set ${given}`, {
      hint: whatCanBeSet(system),
    });
  }
  const candidates = [...names, ...known.map(([, { as }]) => as)];
  return new CbctlError("unknown-name", `system ${system.name} knows no threshold "${given}"`, {
    hint: nearNamesHint(given, candidates) ?? `known: ${names.join(", ")}`,
  });
}

function whatCanBeSet({ thresholds }: System): string {
  const settable = knownThresholds(thresholds).flatMap(([name, { readOnly }]) => (readOnly ? [] : [name]));
  return settable.length > 0 ? `it can set ${settable.join(", ")}` : "change it where the system is deployed";
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
