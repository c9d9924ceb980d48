import type { System } from "../../domain/system.ts";
import { nameError, type Rule } from "./rule.ts";

/** A patch without a threshold that may be written could never be asked for. */
export const patchHasThresholds: Rule<System> = ({ change, thresholds }) => {
  const writable = Object.values(thresholds.known).some((threshold) => threshold.readOnly !== true);
  return change.patch === undefined || writable
    ? []
    : [nameError(["spec", "change", "patch"], "there is no threshold that it could write")];
};
