import { readSettings, type Setting } from "../dialect/settings.ts";
import { type BreakerReading, breakerName } from "../domain/breaker.ts";
import { CbctlError } from "../domain/errors.ts";
import type { Fleet } from "../domain/fleet.ts";
import type { IntendedTarget, JournalEntry } from "../domain/journal.ts";
import type { Verb } from "../domain/vocabulary/change.ts";
import type { ContextPort } from "./context-port.ts";
import type { Selected } from "./select-breakers.ts";

const INVERSE: Readonly<Partial<Record<Verb, Verb>>> = {
  trip: "release",
  disable: "enable",
  enable: "disable",
  patch: "patch",
};

export interface Undo {
  readonly verb: Verb;
  readonly selected: Selected;
  readonly settingsOf: (reading: BreakerReading) => readonly Setting[];
}

/** The change to take back: by id or the beginning of one, else the newest that can be and has not been. */
export function findUndoable(entries: readonly JournalEntry[], id: string | null): JournalEntry {
  const undone = new Set(entries.flatMap(({ intent }) => (intent.undoes === null ? [] : [intent.undoes])));
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
 * What takes a change back, if every breaker still holds what was set.
 * @throws CbctlError `unsupported` for what has no inverse; `conflict` when a value was changed since.
 */
export function planUndo(context: ContextPort, fleet: Fleet, { intent }: JournalEntry): Undo {
  const verb = intent.action === "undo" ? undefined : INVERSE[intent.action];
  if (verb === undefined) {
    throw new CbctlError("unsupported", `a ${intent.action} cannot be taken back`, {
      reason: "what the breaker was before came from its calls, not from a setting",
      hint: intent.action === "reset" ? "cbctl trip opens a breaker where the system can" : undefined,
    });
  }
  const readings = fleet.readings.flatMap(({ breakers }) => breakers ?? []);
  const at = (target: IntendedTarget) =>
    readings.find(
      ({ instance, ...reading }) =>
        instance === target.instance && breakerName(reading) === breakerName(target),
    );
  const changed = intent.targets.flatMap((target) => differenceSince(target, at(target)));
  if (changed.length > 0) {
    throw new CbctlError("conflict", "not taken back: it was changed since", {
      reason: changed.join("; "),
      hint: "set the value you want with cbctl patch",
    });
  }
  const names = new Set(intent.targets.map(breakerName));
  const before = new Map(intent.targets.map((target) => [at(target), target.before]));
  return {
    verb,
    selected: {
      breakers: fleet.breakers.filter((breaker) => names.has(breakerName(breaker))),
      isBroad: false,
      isWholeContext: false,
    },
    settingsOf: (reading) =>
      verb === "patch" ? settingsBefore(context, before.get(reading)?.thresholds ?? {}) : [],
  };
}

function differenceSince(target: IntendedTarget, reading: BreakerReading | undefined): string[] {
  const name = `${breakerName(target)} at ${target.instance}`;
  if (!reading) return [`${name} could not be read`];
  const unknown = Object.entries(target.before?.thresholds ?? {}).filter(([, value]) => value === null);
  if (unknown.length > 0) return [`${name}: what ${unknown[0]?.[0]} was before is not known`];
  if (target.to.state !== undefined && target.to.state !== reading.state) {
    return [`${name} was left ${target.to.state} and is ${reading.state}`];
  }
  return Object.entries(target.to.thresholds ?? {})
    .filter(([threshold, value]) => reading.thresholds[threshold] !== value)
    .map(
      ([threshold, value]) =>
        `${name}: ${threshold} was set to ${value} and is ${reading.thresholds[threshold]}`,
    );
}

function settingsBefore(context: ContextPort, before: Readonly<Record<string, unknown>>): Setting[] {
  return readSettings(
    context.system,
    Object.entries(before).map(([name, value]) => `${name}=${value}`),
  );
}
