import { breakerName } from "../domain/breaker.ts";
import { CbctlError } from "../domain/errors.ts";
import {
  claimedTarget,
  foldJournal,
  type IntentEvent,
  type JournalEntry,
  nameActor,
  type ResultEvent,
  readJournalEvent,
} from "../domain/journal.ts";
import type { Store, StoredEvent } from "../drivers/store/driver.ts";

/** The record of every change to one context. An intent without a result is a claim on its targets. */
export interface Journal {
  /**
   * Records a change before its first request is sent; flushed to disk when this resolves.
   * @throws CbctlError `conflict` when another change claims one of its targets; `no-storage` when the disk refuses.
   */
  readonly intend: (event: IntentEvent) => Promise<void>;
  /**
   * Records what became of an intent.
   * @throws CbctlError `unknown-name` without such an intent; `conflict` when a reconciled result comes after a result.
   */
  readonly conclude: (event: ResultEvent) => Promise<void>;
  /** All changes, oldest first. */
  readonly entries: () => Promise<JournalEntry[]>;
  /** The changes whose result is not known, however old. */
  readonly open: () => Promise<JournalEntry[]>;
}

/** A command that sent something and has not told its result for this long is dead: its claim no longer holds. */
const CLAIM_MS = 10 * 60_000;

/** Every failed round is somebody else's success, so only a journal that is written without pause uses these up. */
const MOST_ROUNDS = 1_000;

/** The journal of a context in a store, the stream `journal/<context>`. `now` is in milliseconds since 1970. */
export function openJournal(store: Store, context: string, now: () => number): Journal {
  const stream = `journal/${context}`;
  const entries = async () => fold(await store.read(stream));

  async function appendChecked(
    event: IntentEvent | ResultEvent,
    since: string | undefined,
    check: (known: JournalEntry[]) => void,
  ): Promise<void> {
    for (let round = 1; ; round += 1) {
      // The head first: what lands between the two reads then shows as a conflict, not as something nobody checked.
      const [head] = (await store.list(stream)).filter((listed) => listed.stream === stream);
      check(fold(await store.read(stream, since)));
      try {
        await store.append(stream, head?.revision ?? 0, [event]);
        return;
      } catch (error) {
        const beaten = error instanceof CbctlError && error.code === "conflict" && round < MOST_ROUNDS;
        if (!beaten) throw error;
      }
    }
  }

  return {
    entries,
    open: async () => (await entries()).filter(({ result }) => result === null),
    intend: (event) => {
      const since = new Date(now() - CLAIM_MS).toISOString();
      return appendChecked(event, since, (known) => refuseClaimed(event, known));
    },
    conclude: (event) => appendChecked(event, undefined, (known) => refuseUnasked(event, known)),
  };
}

function fold(events: readonly StoredEvent[]): JournalEntry[] {
  return foldJournal(
    events.flatMap(({ at, body }) => {
      const event = readJournalEvent(body);
      return event ? [{ at, event }] : [];
    }),
  );
}

function refuseClaimed({ targets }: IntentEvent, known: readonly JournalEntry[]): void {
  for (const entry of known) {
    const claimed = entry.result === null ? claimedTarget(entry, targets) : undefined;
    if (claimed) throw claimConflict(entry, claimed);
  }
}

function claimConflict({ at, intent }: JournalEntry, claimed: IntentEvent["targets"][number]): CbctlError {
  const who = nameActor(intent.by) ?? "somebody";
  return new CbctlError(
    "conflict",
    `${breakerName(claimed)} at ${claimed.instance} is being changed by ${who} since ${at}`,
    {
      reason: `${intent.action} ${intent.id} has no result yet: it is still at work, or died on the way`,
      hint: "wait for it to end; if it died, settle it with: cbctl audit reconcile",
    },
  );
}

function refuseUnasked({ id, reconciled }: ResultEvent, known: readonly JournalEntry[]): void {
  const entry = known.find(({ intent }) => intent.id === id);
  if (!entry)
    throw new CbctlError("unknown-name", `the journal has no change ${id}`, {
      hint: "see: cbctl audit list",
    });
  if (reconciled && entry.result) {
    throw new CbctlError("conflict", `${id} has a result since ${entry.resultAt}`, {
      hint: `see it with: cbctl audit show ${id}`,
    });
  }
}
