import {
  quantityOf,
  type ThresholdValue,
  type ThresholdValues,
  thresholdOfJsonName,
} from "../../domain/threshold.ts";
import { formatDuration } from "../../domain/vocabulary/duration.ts";
import { NOT_TOLD } from "./cell.ts";

/** The name as it is typed: `openDuration` for `openDurationMs`. */
export function thresholdName(jsonName: string): string {
  return thresholdOfJsonName(jsonName) ?? jsonName;
}

/** The value of a threshold as it can be typed: `1m`, `0.5`, `true`, `5`. Takes the name and value of JSON output. */
export function thresholdText(jsonName: string, value: ThresholdValue): string {
  if (value === null) return NOT_TOLD;
  const name = thresholdOfJsonName(jsonName);
  const isDuration = name !== undefined && quantityOf(name) === "duration";
  return isDuration && typeof value === "number" ? formatDuration(value) : String(value);
}

/** Thresholds as `patch` takes them: `failureThreshold=5 openDuration=1m`; what is not told is left out. */
export function settingsText(thresholds: ThresholdValues): string {
  const told = Object.entries(thresholds).filter(([, value]) => value !== null);
  if (told.length === 0) return NOT_TOLD;
  return told.map(([name, value]) => `${thresholdName(name)}=${thresholdText(name, value)}`).join(" ");
}
