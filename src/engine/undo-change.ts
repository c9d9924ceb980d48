import { readSettings, type Setting } from "../dialect/settings.ts";
import { type BreakerReading, breakerName, type Place, placeOf } from "../domain/breaker.ts";
import { CbctlError } from "../domain/errors.ts";
import type { Fleet } from "../domain/fleet.ts";
import type { IntendedTarget, JournalEntry } from "../domain/journal.ts";
import { assignmentOf } from "../domain/threshold.ts";
import type { Verb } from "../domain/vocabulary/change.ts";
import type { ContextPort } from "./context-port.ts";
import type { Selected } from "./select-breakers.ts";

/** The verb that takes another back; a reset has none. */
export const INVERSE: Readonly<Partial<Record<Verb, Verb>>> = {
  trip: "release",
  release: "trip",
  disable: "enable",
  enable: "disable",
  patch: "patch",
};

const SET_IT = "set the value you want with cbctl patch";

export interface Undo {
  readonly verb: Verb;
  readonly selected: Selected;
  readonly settingsOf: (reading: BreakerReading) => readonly Setting[];
  /** True where the change went: what was so before it, at other instances, is left alone. */
  readonly isMeant: (target: Place) => boolean;
}

/** The change to take back: by id or the beginning of one, else the newest that can be and has not been. */
export function findUndoable(entries: readonly JournalEntry[], id: string | null): JournalEntry {
  const undone = new Set(
    entries.flatMap(({ intent, result }) =>
      intent.undoes !== null && result !== null && result.applied === result.total ? [intent.undoes] : [],
    ),
  );
  if (id === null) {
    const newest = entries.findLast(
      ({ intent, result }) => canUndo(intent.action) && result !== null && !undone.has(intent.id),
    );
    if (newest) return newest;
    throw new CbctlError("unknown-name", "there is no change to take back", {
      hint: "cbctl audit list shows what was done",
    });
  }
  const found = entries.filter(({ intent }) => intent.id.startsWith(id));
  if (found.length === 1) return found[0] as JournalEntry;
  throw new CbctlError(
    "unknown-name",
    found.length === 0 ? `no change "${id}"` : `"${id}" begins several ids`,
    {
      hint: "cbctl audit list shows the ids",
    },
  );
}

function canUndo(action: Verb | "undo"): boolean {
  return action !== "undo" && INVERSE[action] !== undefined;
}

/**
 * What takes a change back, if every breaker still holds what was set. One that holds again what it was before needs nothing;
 * an instance that cannot be read now is reported as not changed.
 * @throws CbctlError `unsupported` for what has no inverse or was not known before; `conflict` when a value was changed since.
 */
export function planUndo(context: ContextPort, fleet: Fleet, { intent }: JournalEntry): Undo {
  const verb = intent.action === "undo" ? undefined : INVERSE[intent.action];
  if (verb === undefined) throw noInverse(intent);
  const unknown = intent.targets.flatMap(unknownBefore);
  if (unknown.length > 0) {
    throw new CbctlError("unsupported", "not taken back: what it was before is not known", {
      reason: unknown.join("; "),
      hint: SET_IT,
    });
  }
  const readings = fleet.readings.flatMap(({ breakers }) => breakers ?? []);
  const byPlace = new Map(readings.map((reading) => [placeOf(reading), reading]));
  const unread = new Set(fleet.errors.map(({ instance }) => instance));
  const changed = intent.targets
    .filter(({ instance }) => !unread.has(instance))
    .flatMap((target) => differenceSince(target, byPlace.get(placeOf(target))));
  if (changed.length > 0) {
    throw new CbctlError("conflict", "not taken back: it was changed since", {
      reason: changed.join("; "),
      hint: SET_IT,
    });
  }
  const names = new Set(intent.targets.map(breakerName));
  const before = new Map(intent.targets.map((target) => [placeOf(target), target.before]));
  return {
    verb,
    selected: {
      breakers: fleet.breakers.filter((breaker) => names.has(breakerName(breaker))),
      isBroad: false,
      isWholeContext: false,
    },
    settingsOf: (reading) =>
      verb === "patch" ? settingsBefore(context, before.get(placeOf(reading))?.thresholds ?? {}) : [],
    isMeant: (target) => before.has(placeOf(target)),
  };
}

function noInverse({ action, id }: JournalEntry["intent"]): CbctlError {
  const isUndo = action === "undo";
  return new CbctlError("unsupported", `${action} ${id} cannot be taken back`, {
    reason: isUndo
      ? "it took another change back itself"
      : "what the breaker was before came from its calls, not from a setting",
    hint: isUndo
      ? "make that change again; cbctl audit list shows it"
      : "cbctl trip opens a breaker where the system can",
  });
}

function unknownBefore(target: IntendedTarget): string[] {
  return Object.entries(target.before?.thresholds ?? {}).flatMap(([threshold, value]) =>
    value === null ? [`${placeName(target)}: the system does not show ${threshold}`] : [],
  );
}

function differenceSince(target: IntendedTarget, reading: BreakerReading | undefined): string[] {
  const { to, before } = target;
  const name = placeName(target);
  if (!reading) return [`${name} is not listed any more`];
  if (to.state !== undefined && to.state !== reading.state && reading.state !== before?.state) {
    return [`${name} was left ${to.state} and is ${reading.state}`];
  }
  return Object.entries(to.thresholds ?? {}).flatMap(([threshold, value]) => {
    const now = reading.thresholds[threshold];
    if (now === value || now === before?.thresholds[threshold]) return [];
    return [`${name} was left ${assignmentOf(threshold, value)} and is ${assignmentOf(threshold, now)}`];
  });
}

function placeName(target: IntendedTarget): string {
  return `${breakerName(target)} at ${target.instance}`;
}

function settingsBefore(context: ContextPort, before: Readonly<Record<string, unknown>>): Setting[] {
  return readSettings(
    context.system,
    Object.entries(before).map(([name, value]) => `${name}=${value}`),
  );
}
