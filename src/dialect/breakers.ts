import type { BreakerReading, BreakerState } from "../domain/breaker.ts";
import { CbctlError } from "../domain/errors.ts";
import { compilePath } from "../domain/path.ts";
import { readStateWord } from "../domain/state-word.ts";
import type { Field, Read, System } from "../domain/system.ts";
import { countReader, meaningOf, textReader, timeReader, valueReader } from "./fields.ts";
import { inForceReader, thresholdReader } from "./thresholds.ts";

/** The breakers in one instance's answer. @throws CbctlError `not-understood` when it has not the shape of the system. */
export type BreakerReader = (answer: unknown, instance: string) => BreakerReading[];

/** Compiles the `read` part of a System document, once for a command. */
export function breakerReader(system: System, read: Read): BreakerReader {
  const items = compilePath(read.items ?? "@");
  const readItem = itemReader(system, read);
  return (answer, instance) => {
    const entries = entriesOf(items(answer), read, system);
    const readings = entries.map(([name, item]) => readItem(item, name, instance));
    if (readings.length > 0 && readings.every(({ state }) => state === "unknown")) {
      throw notThisShape(system, "not one state in it is known");
    }
    return readings;
  };
}

function notThisShape(system: System, reason: string): CbctlError {
  return new CbctlError("not-understood", `the answer has not the shape of system ${system.name}`, {
    reason,
    hint: "check the URL and the system of this context (cbctl context show), or the document (cbctl system show)",
  });
}

/** A list's items are named by the document's `key`; a map's by their own names, unless it says otherwise. */
function entriesOf(items: unknown, read: Read, system: System): [string, unknown][] {
  const keyOf = textReader(read.key);
  if (Array.isArray(items)) {
    return items.map((item, index) => {
      const key = keyOf(item, "");
      if (key === null || key === "") throw notThisShape(system, `item ${index + 1} of the list has no key`);
      return [key, item];
    });
  }
  if (items !== null && typeof items === "object") {
    const entries = Object.entries(items);
    // The whole answer, of a system whose items bring their own key: rather an error without words than a map of none.
    if (entries.length === 0 && read.items === undefined && read.key !== undefined) {
      throw notThisShape(system, "it is an empty object");
    }
    return entries.map(([name, item]) => [keyOf(item, name) || name, item]);
  }
  throw notThisShape(system, `nothing is found at "${read.items ?? "@"}"`);
}

function itemReader(
  system: System,
  read: Read,
): (item: unknown, key: string, instance: string) => BreakerReading {
  const group = textReader(read.group);
  const labels = Object.entries(read.labels ?? {}).map(([name, field]) => [name, textReader(field)] as const);
  const state = stateReader(read.state);
  const since = timeReader(read.since);
  const retryAt = timeReader(read.retryAt);
  const lastFailure = timeReader(read.lastFailure);
  const reason = textReader(read.reason);
  const counts = {
    failures: countReader(read.counts?.failures),
    successes: countReader(read.counts?.successes),
    calls: countReader(read.counts?.calls),
    rejected: countReader(read.counts?.rejected),
  };
  const thresholds = thresholdReader(system.thresholds);
  const inForce = inForceReader(system.thresholds);
  return (item, key, instance) => {
    const told = state(item, key);
    return {
      key,
      group: group(item, key),
      labels: Object.fromEntries(labels.flatMap(([name, of]) => wherePresent(name, of(item, key)))),
      instance,
      state: told.state,
      nativeState: told.nativeState,
      reason: told.problem ?? reason(item, key),
      since: since(item, key),
      retryAt: retryAt(item, key),
      lastFailureAt: lastFailure(item, key),
      counts: {
        failures: counts.failures(item, key),
        successes: counts.successes(item, key),
        calls: counts.calls(item, key),
        rejected: counts.rejected(item, key),
        scope: read.countsScope ?? null,
      },
      thresholds: thresholds(item),
      ...(inForce && { inForce: inForce(item) }),
    };
  };
}

function wherePresent(name: string, value: string | null): [string, string][] {
  return value === null ? [] : [[name, value]];
}

interface ToldState {
  readonly state: BreakerState;
  readonly nativeState: string | null;
  readonly problem: string | null;
}

function stateReader(field: Field): (item: unknown, key: string) => ToldState {
  const read = valueReader(field);
  return (item, key) => {
    const value = read(item, key);
    if (typeof value !== "string" && typeof value !== "number") {
      return { state: "unknown", nativeState: null, problem: "the answer tells no state" };
    }
    const nativeState = String(value);
    const state = (meaningOf(field, value) as BreakerState | undefined) ?? readStateWord(value);
    if (state !== undefined) return { state, nativeState, problem: null };
    return { state: "unknown", nativeState, problem: `no known state: "${nativeState}"` };
  };
}
