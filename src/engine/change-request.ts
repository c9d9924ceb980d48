import type { Setting } from "../dialect/settings.ts";
import type { BreakerReading } from "../domain/breaker.ts";
import type { Fleet } from "../domain/fleet.ts";
import type { Verb } from "../domain/vocabulary/change.ts";
import type { Intention } from "./plan-change.ts";
import type { Selected } from "./select-breakers.ts";

/** A change as it was asked for, its breakers already chosen. */
export interface ChangeRequest {
  readonly action: Verb | "undo";
  readonly verb: Verb;
  readonly fleet: Fleet;
  readonly selected: Selected;
  readonly settingsOf: (reading: BreakerReading) => readonly Setting[];
  /** Where the change goes; without it to every instance of the breakers. */
  readonly isMeant?: Intention["isMeant"];
  readonly undoes: string | null;
  readonly dryRun: boolean;
  readonly reason: string | null;
  readonly incident: string | null;
  /** How long the change is watched to see it hold, in the context's time. */
  readonly holdMs: number;
}
