import { assertVerb } from "../dialect/changes.ts";
import { readSettings, type Setting } from "../dialect/settings.ts";
import type { System } from "../domain/system.ts";
import type { Verb } from "../domain/vocabulary/change.ts";

/** Refuses at once, before anything is asked of anyone, what the system has no operation for. */
export function assertPossible(system: System, verb: Verb): void {
  assertVerb(system, verb);
}

/** The thresholds of a patch, checked before anything is asked of anyone. */
export function prepareSettings(system: System, assignments: readonly string[]): readonly Setting[] {
  assertVerb(system, "patch");
  return readSettings(system, assignments);
}
