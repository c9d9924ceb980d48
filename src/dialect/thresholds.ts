import { compilePath } from "../domain/path.ts";
import type { Thresholds } from "../domain/system.ts";
import {
  fromNative,
  jsonName,
  type Threshold,
  type ThresholdName,
  type ThresholdValues,
} from "../domain/threshold.ts";

type KnownThreshold = readonly [ThresholdName, Threshold];

/** The thresholds a system declares, in the document's order. */
export function knownThresholds({ known }: Thresholds): KnownThreshold[] {
  return Object.entries(known) as [ThresholdName, Threshold][];
}

/** Reads the thresholds of an item by their JSON names. What the system never shows is left out; what it did not tell is null. */
export function thresholdReader(thresholds: Thresholds): (item: unknown) => ThresholdValues {
  const holder = compilePath(thresholds.in ?? "@");
  const shown = knownThresholds(thresholds).filter(([, threshold]) => !threshold.writeOnly);
  const readers = shown.map(([name, threshold]) => {
    const path = compilePath(threshold.as);
    return [jsonName(name), (settings: unknown) => fromNative(name, threshold, path(settings))] as const;
  });
  return (item) => {
    const settings = holder(item);
    return Object.fromEntries(readers.map(([name, read]) => [name, read(settings)]));
  };
}

/** The same for what is in force of the thresholds that the system adapts; null when it adapts none. */
export function inForceReader(thresholds: Thresholds): ((item: unknown) => ThresholdValues) | null {
  const adapted = knownThresholds(thresholds).flatMap(([name, threshold]) =>
    threshold.inForce === undefined ? [] : [[name, { ...threshold, as: threshold.inForce }] as const],
  );
  if (adapted.length === 0) return null;
  return thresholdReader({ ...thresholds, known: Object.fromEntries(adapted) });
}
