import {
  chooseReach,
  type PlannedRequest,
  planRequests,
  type ReachedChange,
  stateAimedAt,
  statesAfter,
} from "../dialect/changes.ts";
import { nativeSettings, type Setting, wantedThresholds } from "../dialect/settings.ts";
import { type Breaker, type BreakerReading, breakerName, type Place } from "../domain/breaker.ts";
import type { PlannedTarget } from "../domain/change-plan.ts";
import type { ChangeFacts } from "../domain/change-result.ts";
import type { Fleet, Instance } from "../domain/fleet.ts";
import { jsonName } from "../domain/threshold.ts";
import type { Verb } from "../domain/vocabulary/change.ts";
import type { ContextPort } from "./context-port.ts";

/** What a change shall do to the breakers that were selected. */
export interface Intention {
  readonly verb: Verb;
  readonly breakers: readonly Breaker[];
  readonly isWholeContext: boolean;
  /** The thresholds to set on one breaker; empty for anything but a patch. */
  readonly settingsOf: (reading: BreakerReading) => readonly Setting[];
  /** Where the change goes; without it to every instance of the breakers. */
  readonly isMeant?: ((target: Place) => boolean) | undefined;
}

export interface PlannedChange extends ReachedChange {
  readonly targets: readonly PlannedTarget[];
  readonly requests: readonly PlannedRequest[];
}

/** What a breaker at an instance must hold afterwards. */
export interface Expectation {
  readonly state: ((state: BreakerReading["state"]) => boolean) | null;
  readonly thresholds: Readonly<Record<string, number | boolean>>;
  /** Set, but not shown by the system. */
  readonly hidden: readonly string[];
}

export function expectationOf(
  verb: Verb,
  holds: ReachedChange["change"]["holds"],
  settings: readonly Setting[],
): Expectation {
  const shown = settings.filter(({ threshold }) => !threshold.writeOnly);
  return {
    state: statesAfter(verb, holds),
    thresholds: wantedThresholds(shown),
    hidden: settings.filter(({ threshold }) => threshold.writeOnly).map(({ name }) => name),
  };
}

/** True when a reading already is what the expectation asks for; never for what cannot be read. */
export function meets(reading: BreakerReading, expectation: Expectation): boolean {
  if (expectation.state && !expectation.state(reading.state)) return false;
  return Object.entries(expectation.thresholds).every(([name, value]) => reading.thresholds[name] === value);
}

/** The facts of a reading that a change is about. */
export function factsOf(reading: BreakerReading, settings: readonly Setting[]): ChangeFacts {
  const names = settings.map(({ name }) => jsonName(name));
  return {
    state: reading.state,
    thresholds: Object.fromEntries(names.map((name) => [name, reading.thresholds[name] ?? null])),
  };
}

/** Decides for each breaker at each instance whether there is anything to do, and with which requests. */
export function planChange(context: ContextPort, fleet: Fleet, intention: Intention): PlannedChange {
  const { verb, isMeant = () => true } = intention;
  const names = new Set(intention.breakers.map(breakerName));
  const everything = fleet.readings.flatMap(({ breakers }) => breakers ?? []);
  const selected = everything.filter((reading) => names.has(breakerName(reading)) && isMeant(reading));
  const isFree = !selected.some((reading) => refusalOf(verb, reading));
  const free = isFree ? selected : selected.filter((reading) => !refusalOf(verb, reading));
  const reached = chooseReach(context.system, verb, free, everything, intention.isWholeContext && isFree);
  const told = selected.map((reading) => ({ reading, target: planTarget(reading, intention, reached) }));
  const due = new Set(
    told.filter(({ target }) => target.outcome === "planned").map(({ reading }) => reading),
  );
  const portioned = reached.reach === "breaker" ? [...due] : free;
  const requests = requestsOf(reached, portioned, fleet, intention).filter(({ touches }) =>
    touches.some((reading) => due.has(reading)),
  );
  return {
    ...reached,
    targets: [...told.map(({ target }) => target), ...unreadTargets(fleet, intention)],
    requests,
  };
}

function requestsOf(
  reached: ReachedChange,
  readings: readonly BreakerReading[],
  fleet: Fleet,
  { verb, settingsOf }: Intention,
): PlannedRequest[] {
  const instances = fleet.readings.map(({ instance }) => instance);
  const sent = (reading: BreakerReading) => (verb === "patch" ? nativeSettings(settingsOf(reading)) : null);
  return planRequests(reached, readings, instances, sent);
}

function planTarget(reading: BreakerReading, intention: Intention, { change }: ReachedChange): PlannedTarget {
  const { verb } = intention;
  const settings = intention.settingsOf(reading);
  const expectation = expectationOf(verb, change.holds, settings);
  const aimed = stateAimedAt(verb, change.holds);
  const target = {
    key: reading.key,
    group: reading.group,
    instance: reading.instance,
    before: factsOf(reading, settings),
    to: {
      ...(aimed && { state: aimed }),
      ...(verb === "patch" && { thresholds: wantedThresholds(settings) }),
    },
  };
  const refusal = refusalOf(verb, reading);
  if (refusal !== null) return { ...target, outcome: "refused", message: refusal };
  if (meets(reading, expectation) && expectation.hidden.length === 0) {
    return {
      ...target,
      outcome: "unchanged",
      message: verb === "patch" ? "it already holds these values" : `already ${reading.state}`,
    };
  }
  return { ...target, outcome: "planned", message: null };
}

/** A reset does not take back what somebody forced; null where nothing stands in the way. */
function refusalOf(verb: Verb, { state }: BreakerReading): string | null {
  if (verb !== "reset" || (state !== "forced_open" && state !== "disabled")) return null;
  return `it is ${state}: use cbctl ${state === "forced_open" ? "release" : "enable"}`;
}

/** A breaker at an instance that could not be read is part of the change all the same: it will be reported as not changed. */
function unreadTargets(fleet: Fleet, { breakers, isMeant = () => true }: Intention): PlannedTarget[] {
  const places = fleet.errors.flatMap(({ instance, message }) =>
    breakers.map(({ key, group }) => ({ key, group, instance, message })),
  );
  return places
    .filter(isMeant)
    .map((place) => ({ ...place, before: null, to: {}, outcome: "unknown" as const }));
}

/** The instances that a plan sends anything to. */
export function instancesOf(requests: readonly PlannedRequest[]): Instance[] {
  return [...new Map(requests.map(({ instance }) => [instance.name, instance])).values()];
}
