import { placeOf } from "./breaker.ts";
import type { ChangeFacts, InstanceResult } from "./change-result.ts";
import type { Verb } from "./vocabulary/change.ts";

/** Who acts: a person at a host, or a job of CI. */
export interface Actor {
  readonly user: string;
  readonly host: string;
  readonly ci: string | null;
}

/** One breaker at one instance that a change is about to touch. */
export interface IntendedTarget {
  readonly key: string;
  readonly group: string | null;
  readonly instance: string;
  readonly before: ChangeFacts | null;
  /** What it shall hold afterwards: a state for a verb, thresholds for a patch. */
  readonly to: Partial<ChangeFacts>;
}

/** Written, and flushed to disk, before the first changing request is sent. */
export interface IntentEvent {
  readonly kind: "intent";
  readonly id: string;
  readonly action: Verb | "undo";
  readonly context: string;
  readonly system: string;
  readonly by: Actor;
  readonly reason: string | null;
  readonly incident: string | null;
  readonly targets: readonly IntendedTarget[];
  /** Digest of what was shown when it was approved. */
  readonly approved: string;
  /** The change that this one takes back. */
  readonly undoes: string | null;
}

/** What became of an intent. */
export interface ResultEvent {
  readonly kind: "result";
  readonly id: string;
  readonly results: readonly InstanceResult[];
  readonly applied: number;
  readonly total: number;
  /** True when `audit reconcile` read the breakers back after the command that sent them had died. */
  readonly reconciled: boolean;
}

export type JournalEvent = IntentEvent | ResultEvent;

/** One change as the journal tells it: the intent, and its result once there is one. */
export interface JournalEntry {
  readonly at: string;
  readonly intent: IntentEvent;
  readonly result: ResultEvent | null;
  readonly resultAt: string | null;
}

/**
 * Folds the events of a journal into changes, oldest first. What the sender itself saw outranks what was read back later
 * on its behalf.
 */
export function foldJournal(
  events: Iterable<{ readonly at: string; readonly event: JournalEvent }>,
): JournalEntry[] {
  const entries = new Map<string, JournalEntry>();
  for (const { at, event } of events) {
    if (event.kind === "intent") {
      entries.set(event.id, { at, intent: event, result: null, resultAt: null });
      continue;
    }
    const entry = entries.get(event.id);
    if (!entry || (event.reconciled && entry.result?.reconciled === false)) continue;
    entries.set(event.id, { ...entry, result: event, resultAt: at });
  }
  return [...entries.values()];
}

/** The target of an entry that is one of these: the same breaker at the same instance. */
export function claimedTarget(
  { intent }: JournalEntry,
  targets: readonly IntendedTarget[],
): IntendedTarget | undefined {
  const wanted = new Set(targets.map(placeOf));
  return intent.targets.find((target) => wanted.has(placeOf(target)));
}

/** A journal event as it was stored; null for anything else, such as a kind that only a newer cbctl writes. */
export function readJournalEvent(body: unknown): JournalEvent | null {
  if (!isRecord(body) || typeof body.id !== "string") return null;
  const isIntent = body.kind === "intent" && isActor(body.by) && isListOfRecords(body.targets);
  const isResult = body.kind === "result" && isListOfRecords(body.results);
  return isIntent || isResult ? (body as unknown as JournalEvent) : null;
}

/** `ana on ops-1`, `ana on runner-7 (CI job 4711)`; null for what is no actor. */
export function nameActor(actor: unknown): string | null {
  if (!isActor(actor)) return null;
  return `${actor.user} on ${actor.host}${actor.ci ? ` (CI job ${actor.ci})` : ""}`;
}

function isActor(value: unknown): value is Actor {
  return isRecord(value) && typeof value.user === "string" && typeof value.host === "string";
}

function isListOfRecords(value: unknown): boolean {
  return Array.isArray(value) && value.every(isRecord);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
