import { statesAfter } from "../dialect/changes.ts";
import { type BreakerReading, breakerName } from "../domain/breaker.ts";
import type { ChangeFacts, InstanceResult } from "../domain/change-result.ts";
import type { Fleet } from "../domain/fleet.ts";
import type { IntendedTarget, IntentEvent, JournalEntry } from "../domain/journal.ts";
import type { Verb } from "../domain/vocabulary/change.ts";
import type { ContextPort } from "./context-port.ts";
import { assertSomeRead, readFleet } from "./read-fleet.ts";
import { INVERSE } from "./undo-change.ts";

/**
 * Reads back every change whose result is not known, and records what is there now. Sends nothing but reads. A change of an
 * instance that cannot be read stays open, to be reconciled when it can.
 */
export async function reconcileJournal(context: ContextPort): Promise<JournalEntry[]> {
  const journal = await context.journal();
  const open = await journal.open();
  if (open.length === 0) return [];
  const fleet = await readFleet(context);
  assertSomeRead(fleet);
  const verbOf = verbs(await journal.entries());
  const unread = new Set(fleet.errors.map(({ instance }) => instance));
  for (const { intent } of open) {
    if (intent.targets.some(({ instance }) => unread.has(instance))) continue;
    const results = intent.targets.map((target) => lookAt(target, verbOf(intent), fleet));
    const applied = results.filter(({ outcome }) => outcome === "applied").length;
    await journal.conclude({
      kind: "result",
      id: intent.id,
      results,
      applied,
      total: results.length,
      reconciled: true,
    });
  }
  const ids = new Set(open.map(({ intent }) => intent.id));
  return (await journal.entries()).filter(({ intent }) => ids.has(intent.id));
}

/** What an intent does to its breakers: an undo does the inverse of what it takes back. */
function verbs(entries: readonly JournalEntry[]): (intent: IntentEvent) => Verb | null {
  const actions = new Map(entries.map(({ intent }) => [intent.id, intent.action]));
  return ({ action, undoes }) => {
    if (action !== "undo") return action;
    const undone = actions.get(undoes ?? "") ?? "undo";
    return undone === "undo" ? null : (INVERSE[undone] ?? null);
  };
}

function lookAt(target: IntendedTarget, verb: Verb | null, fleet: Fleet): InstanceResult {
  const { key, group, instance, before, to } = target;
  const there = fleet.readings.find((reading) => reading.instance.name === instance);
  const reading = there?.breakers?.find((candidate) => breakerName(candidate) === breakerName(target));
  const base = { key, group, instance, before };
  if (!reading) {
    const message = there ? "the breaker is not there any more" : "the context has no such instance any more";
    return { ...base, after: null, outcome: "unknown", message };
  }
  const after = factsLike(before, reading);
  if (holds(to, verb, reading))
    return { ...base, after, outcome: "applied", message: "read back later: it holds what was asked" };
  return {
    ...base,
    after,
    outcome: "unverified",
    message: "read back later: it does not hold what was asked, or was changed since",
  };
}

function holds(to: Partial<ChangeFacts>, verb: Verb | null, reading: BreakerReading): boolean {
  if (to.state !== undefined) return reading.state === to.state;
  if (to.thresholds === undefined) return (verb && statesAfter(verb, undefined)?.(reading.state)) ?? false;
  return Object.entries(to.thresholds).every(([name, value]) => reading.thresholds[name] === value);
}

function factsLike(before: ChangeFacts | null, reading: BreakerReading): ChangeFacts {
  const names = Object.keys(before?.thresholds ?? {});
  return {
    state: reading.state,
    thresholds: Object.fromEntries(names.map((name) => [name, reading.thresholds[name] ?? null])),
  };
}
