import { type BreakerReading, type BreakerState, breakerName } from "../domain/breaker.ts";
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
  if (!system.change[verb]) throw unsupported(system, verb);
}

function unsupported(system: System, verb: Verb): CbctlError {
  return new CbctlError("unsupported", `system ${system.name} has no ${verb}`, {
    reason: "its document declares no such change, so nothing was sent",
    hint: system.instead[verb],
  });
}

/**
 * Chooses how far a change goes: `all` when everything is selected, else each breaker, else the narrowest label that the
 * breakers share. A target narrower than every reach there is, is refused, naming what else would be touched.
 * @param everything What was read; of it only what stands at the same instances as the selected can be touched.
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
  const ways = Object.entries(reaches).map(([reach, change]) => ({
    reach,
    change,
    also: alsoTouched(reach, selected, everything),
  }));
  const [narrowest] = ways.sort((a, b) => a.also.length - b.also.length);
  if (narrowest === undefined) throw unsupported(system, verb);
  const { reach, change, also } = narrowest;
  if (also.length === 0) return { reach, change };
  const names = [...new Set(also.map(breakerName))];
  throw new CbctlError(
    "guard",
    `${verb} reaches a whole ${reach} in system ${system.name}, more than was selected`,
    {
      reason: `it would also touch ${names.join(", ")}`,
      hint: reach === "all" ? "select all breakers with --all" : `select all breakers of the ${reach}`,
    },
  );
}

function alsoTouched(
  reach: Reach,
  selected: readonly BreakerReading[],
  everything: readonly BreakerReading[],
): BreakerReading[] {
  const chosen = new Set(selected);
  const touched = new Set(selected.map((reading) => portionOf(reach, reading)));
  return everything.filter((reading) => !chosen.has(reading) && touched.has(portionOf(reach, reading)));
}

/** What one request of a reach touches at one instance: equal for readings that cannot be touched apart. */
function portionOf(reach: Reach, reading: BreakerReading): string {
  const apart =
    reach === "all" ? [] : reach === "breaker" ? [breakerName(reading)] : [labelOf(reading, reach)];
  return JSON.stringify([reading.instance, ...apart]);
}

function labelOf(reading: BreakerReading, label: string): string {
  return (label === "group" ? reading.group : reading.labels[label]) ?? "";
}

/**
 * The requests of a change, one for each instance and each breaker, label value or whole, as its reach has it.
 * @param settingsOf What is sent of one breaker; null for anything but a patch.
 * @throws CbctlError `guard` when breakers that one request touches shall hold different settings.
 */
export function planRequests(
  { reach, change }: ReachedChange,
  selected: readonly BreakerReading[],
  instances: readonly Instance[],
  settingsOf: (reading: BreakerReading) => NativeSettings | null,
): PlannedRequest[] {
  const byName = new Map(instances.map((instance) => [instance.name, instance]));
  const portions = new Map<string, [BreakerReading, ...BreakerReading[]]>();
  for (const reading of selected) {
    const portion = portions.get(portionOf(reach, reading));
    if (portion) portion.push(reading);
    else portions.set(portionOf(reach, reading), [reading]);
  }
  return [...portions.values()].flatMap((touches) => {
    const instance = byName.get(touches[0].instance);
    if (!instance) return [];
    const holes = holesOf(touches[0]);
    const settings = settingsOf(touches[0]);
    const differs = touches.find((each) => JSON.stringify(settingsOf(each)) !== JSON.stringify(settings));
    if (differs) throw setApart(reach, differs);
    return [{ instance, touches, calls: change.calls.map((call) => fillCall(call, holes, settings)) }];
  });
}

function setApart(reach: Reach, { key }: BreakerReading): CbctlError {
  return new CbctlError(
    "guard",
    `a patch reaches a whole ${reach}, whose breakers shall not all hold the same`,
    {
      reason: `${key} shall hold something else`,
      hint: "set one value for all of them with cbctl patch",
    },
  );
}

function holesOf(reading: BreakerReading): Holes {
  return { ...reading.labels, ...(reading.group !== null && { group: reading.group }), key: reading.key };
}
