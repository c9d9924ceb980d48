import type { System } from "../../domain/system.ts";
import { error, type Rule } from "./rule.ts";

/** Bounds of a threshold leave room, and its default lies within them. */
export const boundsHold: Rule<System> = ({ thresholds }) =>
  Object.entries(thresholds.known).flatMap(([name, { min, max, default: usual, readOnly, writeOnly }]) => {
    const path = ["spec", "thresholds", name];
    const low = min ?? Number.NEGATIVE_INFINITY;
    const high = max ?? Number.POSITIVE_INFINITY;
    if (low > high) return [error([...path, "min"], "min is above max")];
    if (readOnly && writeOnly)
      return [error([...path, "writeOnly"], "it cannot be both readOnly and writeOnly")];
    return typeof usual === "number" && (usual < low || usual > high)
      ? [error([...path, "default"], "the default is out of bounds")]
      : [];
  });
