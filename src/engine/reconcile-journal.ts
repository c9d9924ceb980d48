import { type BreakerReading, breakerName } from "../domain/breaker.ts";
import type { ChangeFacts, InstanceResult } from "../domain/change-result.ts";
import type { Fleet } from "../domain/fleet.ts";
import type { IntendedTarget, JournalEntry } from "../domain/journal.ts";
import type { ContextPort } from "./context-port.ts";
import { readFleet } from "./read-fleet.ts";

/** Reads back every change whose result is not known, and records what is there now. Sends nothing but reads. */
export async function reconcileJournal(context: ContextPort): Promise<JournalEntry[]> {
  const journal = await context.journal();
  const open = await journal.open();
  if (open.length === 0) return [];
  const fleet = await readFleet(context);
  for (const { intent } of open) {
    const results = intent.targets.map((target) => lookAt(target, fleet));
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

function lookAt(target: IntendedTarget, fleet: Fleet): InstanceResult {
  const { key, group, instance, before, to } = target;
  const there = fleet.readings.find((reading) => reading.instance.name === instance);
  const reading = there?.breakers?.find((candidate) => breakerName(candidate) === breakerName(target));
  const base = { key, group, instance, before };
  if (!reading) {
    const message = there?.error?.message ?? "the breaker is not there any more";
    return { ...base, after: null, outcome: "unknown", message };
  }
  const after = factsLike(before, reading);
  const asked = to.state !== undefined || to.thresholds !== undefined;
  if (asked && holds(to, reading))
    return { ...base, after, outcome: "applied", message: "read back later: it holds what was asked" };
  return {
    ...base,
    after,
    outcome: "unverified",
    message: "read back later: it does not hold what was asked, or was changed since",
  };
}

function holds(to: Partial<ChangeFacts>, reading: BreakerReading): boolean {
  if (to.state !== undefined && reading.state !== to.state) return false;
  return Object.entries(to.thresholds ?? {}).every(([name, value]) => reading.thresholds[name] === value);
}

function factsLike(before: ChangeFacts | null, reading: BreakerReading): ChangeFacts {
  const names = Object.keys(before?.thresholds ?? {});
  return {
    state: reading.state,
    thresholds: Object.fromEntries(names.map((name) => [name, reading.thresholds[name] ?? null])),
  };
}
