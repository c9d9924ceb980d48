import type { BreakerReading, BreakerState } from "../domain/breaker.ts";
import { CbctlError } from "../domain/errors.ts";
import type { Instance } from "../domain/fleet.ts";
import type { Change, System } from "../domain/system.ts";
import type { FilledCall } from "../domain/vocabulary/call.ts";
import type { Reach, Verb } from "../domain/vocabulary/change.ts";
import type { Holes } from "../domain/vocabulary/hole.ts";
import { fillCall, type NativeSettings } from "./calls.ts";

/** The calls of one change at one instance, in order, and the breakers that they touch. */
export interface PlannedRequest {
  readonly instance: Instance;
  readonly calls: readonly FilledCall[];
  readonly touches: readonly BreakerReading[];
}

export interface ReachedChange {
  readonly reach: Reach;
  readonly change: Change;
}

/** The states that a verb may leave behind; null: the state is not what it is about. */
export function statesAfter(verb: Verb, holds: Change["holds"]): ((state: BreakerState) => boolean) | null {
  if (verb === "reset") return (state) => state === "closed";
  if (verb === "trip")
    return (state) => state === "forced_open" || (holds === "open-duration" && state === "open");
  if (verb === "release") return (state) => state !== "forced_open" && state !== "unknown";
  if (verb === "disable") return (state) => state === "disabled";
  if (verb === "enable") return (state) => state !== "disabled" && state !== "unknown";
  return null;
}

/** The state to name as what a verb is after, where it is one. */
export function stateAimedAt(verb: Verb, holds: Change["holds"]): BreakerState | null {
  if (verb === "reset") return "closed";
  if (verb === "trip") return holds === "open-duration" ? "open" : "forced_open";
  return verb === "disable" ? "disabled" : null;
}

/** @throws CbctlError `unsupported` with the system's own way, when it declares no such verb. */
export function assertVerb(system: System, verb: Verb): void {
  if (system.change[verb]) return;
  throw new CbctlError("unsupported", `system ${system.name} has no ${verb}`, {
    reason: "its document declares no such change, so nothing was sent",
    hint: system.instead[verb],
  });
}

/**
 * Chooses how far a change goes: `all` when everything is selected, else each breaker, else a label that the breakers
 * share. A target narrower than the only reach there is, is refused, naming what else would be touched.
 */
export function chooseReach(
  system: System,
  verb: Verb,
  selected: readonly BreakerReading[],
  everything: readonly BreakerReading[],
  wholeContext: boolean,
): ReachedChange {
  assertVerb(system, verb);
  const reaches = system.change[verb] ?? {};
  if (wholeContext && reaches.all) return { reach: "all", change: reaches.all };
  if (reaches.breaker) return { reach: "breaker", change: reaches.breaker };
  const [reach, change] = Object.entries(reaches)[0] as [Reach, Change];
  const chosen = new Set(selected);
  const values = new Set(selected.map((reading) => labelOf(reading, reach)));
  const also = everything.filter(
    (reading) => !chosen.has(reading) && (reach === "all" || values.has(labelOf(reading, reach))),
  );
  if (also.length === 0) return { reach, change };
  const names = [...new Set(also.map(({ key }) => key))];
  throw new CbctlError(
    "guard",
    `${verb} reaches a whole ${reach} in system ${system.name}, more than was selected`,
    {
      reason: `it would also touch ${names.join(", ")}`,
      hint: reach === "all" ? "select all breakers with --all" : `select all breakers of the ${reach}`,
    },
  );
}

function labelOf(reading: BreakerReading, label: string): string {
  return (label === "group" ? reading.group : reading.labels[label]) ?? "";
}

/** The requests of a change, one for each instance and each breaker, label value or whole, as its reach has it. */
export function planRequests(
  { reach, change }: ReachedChange,
  selected: readonly BreakerReading[],
  instances: readonly Instance[],
  settings: NativeSettings | null,
): PlannedRequest[] {
  return instances.flatMap((instance) => {
    const here = selected.filter((reading) => reading.instance === instance.name);
    return portions(reach, here).map((touches) => {
      const holes = holesOf(touches[0] as BreakerReading);
      return { instance, touches, calls: change.calls.map((call) => fillCall(call, holes, settings)) };
    });
  });
}

function portions(reach: Reach, readings: readonly BreakerReading[]): (readonly BreakerReading[])[] {
  if (readings.length === 0) return [];
  if (reach === "all") return [readings];
  if (reach === "breaker") return readings.map((reading) => [reading]);
  const byLabel = new Map<string, BreakerReading[]>();
  for (const reading of readings) {
    const value = labelOf(reading, reach);
    byLabel.set(value, [...(byLabel.get(value) ?? []), reading]);
  }
  return [...byLabel.values()];
}

function holesOf(reading: BreakerReading): Holes {
  return { ...reading.labels, ...(reading.group !== null && { group: reading.group }), key: reading.key };
}
