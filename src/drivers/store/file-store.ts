import { CbctlError } from "../../domain/errors.ts";
import { nameActor } from "../../domain/journal.ts";
import type { Clock, Files } from "../../host/host.ts";
import type { Store, StoredEvent } from "./driver.ts";
import { type CommittedLine, readLog } from "./log-reader.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { readEvents, sealRecord } from "./record.ts";
import { redactBody } from "./redact-body.ts";
import { verifyLog } from "./verify-log.ts";

export interface FileStoreOptions {
  /** Absolute path, on a local file system: appends of several machines are not kept apart by network ones. */
  readonly file: string;
  readonly files: Pick<Files, "appendFlushed" | "readFrom">;
  readonly clock: Pick<Clock, "now">;
  /** Takes secrets out of a text. */
  readonly redact: (text: string) => string;
  /** A fresh unguessable id. */
  readonly newId: () => string;
}

/** Each round somebody's append succeeds, so only a log that is written without pause can use these up. */
const MOST_ATTEMPTS = 1_000;

/**
 * The log as one file of JSON lines. Every attempt is one append, flushed; whether it counts is decided by its place in
 * the file, alike for every reader. No lock, so nothing is left behind by a process that dies at any point.
 */
export function fileStore({ file, files, clock, redact, newId }: FileStoreOptions): Store {
  const log = readLog(file, files);
  const inTurn = oneAtATime();
  const linesOf = (stream: string) => log.streams().get(stream) ?? [];

  async function attempt(stream: string, after: number, bodies: readonly unknown[]) {
    const { hash: prev, seq } = log.head();
    const position = { revision: after + bodies.length, seq: seq + bodies.length };
    const at = new Date(clock.now()).toISOString();
    const { line, hash } = sealRecord({ prev, stream, ...position, at, nonce: newId(), bodies });
    await files.appendFlushed(file, `\n${line}\n`);
    return log.findCommitted(stream, hash);
  }

  async function append(stream: string, after: number, bodies: readonly unknown[]) {
    const redacted = bodies.map((body) => redactBody(body, redact));
    await log.catchUp();
    for (let tries = 0; tries < MOST_ATTEMPTS; tries += 1) {
      const last = linesOf(stream).at(-1);
      if ((last?.record.revision ?? 0) !== after) throw conflict(stream, after, last);
      if (redacted.length === 0) return [];
      const written = await attempt(stream, after, redacted);
      if (written) return eventsOf([written]);
    }
    throw new CbctlError("conflict", `the log had no room for "${stream}" in ${MOST_ATTEMPTS} attempts`, {
      reason: "other processes append to it without pause",
      hint: "see who they are with: cbctl audit list",
      where: file,
    });
  }

  return {
    append: (stream, after, bodies) => inTurn(() => append(stream, after, bodies)),
    read: (stream, since = "") =>
      inTurn(async () => {
        await log.catchUp();
        return eventsOf(linesOf(stream).filter(({ record }) => record.at >= since));
      }),
    list: (prefix) =>
      inTurn(async () => {
        await log.catchUp();
        return [...log.streams()]
          .filter(([stream]) => stream.startsWith(prefix))
          .map(([stream, lines]) => ({ stream, revision: lines.at(-1)?.record.revision ?? 0 }))
          .sort((a, b) => (a.stream < b.stream ? -1 : 1));
      }),
    verify: async () => verifyLog((await files.readFrom(file, 0)).toString("utf8")),
  };
}

function eventsOf(lines: readonly CommittedLine[]): StoredEvent[] {
  return lines.flatMap(({ record, text }) => readEvents(record, text));
}

function conflict(stream: string, after: number, last: CommittedLine | undefined): CbctlError {
  if (!last) return new CbctlError("conflict", `"${stream}" is empty now, it was at revision ${after}`);
  const body = eventsOf([last]).at(-1)?.body as { readonly by?: unknown } | null | undefined;
  const who = nameActor(body?.by) ?? "somebody";
  const { revision, at } = last.record;
  return new CbctlError("conflict", `${who} appended to "${stream}" at ${at}`, {
    reason: `it is at revision ${revision}; this was prepared at revision ${after}`,
    hint: "look at what changed, then try again",
  });
}
