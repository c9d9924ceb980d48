import { CbctlError } from "../../domain/errors.ts";
import type { Files } from "../../host/host.ts";
import { type Chain, placeRecord, startChain } from "./chain.ts";
import { type LogRecord, readLine } from "./record.ts";

/** A committed record beside its line, whose bodies are read when somebody asks for them. */
export interface CommittedLine {
  readonly record: LogRecord;
  readonly text: string;
}

/** What is known of the log so far. */
export interface LogReader {
  readonly head: () => { readonly hash: string; readonly seq: number };
  readonly streams: () => ReadonlyMap<string, readonly CommittedLine[]>;
  /**
   * Reads what was added since the last time, and gives back its records, those that lost included.
   * @throws CbctlError `not-understood` when a newer cbctl wrote to the log.
   */
  readonly catchUp: () => Promise<readonly LogRecord[]>;
  /** The record just written, if it counts; null when it lost. Reads again from the start if the file was replaced. */
  readonly findCommitted: (stream: string, hash: string) => Promise<CommittedLine | null>;
}

interface Known {
  offset: number;
  newer: boolean;
  readonly chain: Chain;
  readonly streams: Map<string, CommittedLine[]>;
}

/** Follows one log file in memory; touches it only when asked. A missing file is an empty log. */
export function readLog(file: string, files: Pick<Files, "readFrom">): LogReader {
  let known = nothingKnown();

  async function catchUp(): Promise<readonly LogRecord[]> {
    const added = await files.readFrom(file, known.offset);
    // A line without its end is still being written, or was torn; it is read when the next writer has ended it.
    const complete = added.subarray(0, added.lastIndexOf("\n") + 1);
    known.offset += complete.length;
    const records: LogRecord[] = [];
    for (const text of complete.toString("utf8").split("\n")) {
      const record = text === "" ? null : takeLine(known, text);
      if (record) records.push(record);
    }
    if (known.newer) throw newerLog(file);
    return records;
  }

  return {
    head: () => ({ hash: known.chain.head, seq: known.chain.seq }),
    streams: () => known.streams,
    catchUp,
    async findCommitted(stream, hash) {
      const added = await catchUp();
      if (!added.some((record) => record.hash === hash)) {
        known = nothingKnown();
        await catchUp();
      }
      return known.streams.get(stream)?.findLast(({ record }) => record.hash === hash) ?? null;
    },
  };
}

function nothingKnown(): Known {
  return { offset: 0, newer: false, chain: startChain(), streams: new Map() };
}

function takeLine(known: Known, text: string): LogRecord | null {
  const line = readLine(text);
  if (line.kind === "newer") known.newer = true;
  if (line.kind !== "record") return null;
  const { record } = line;
  if (placeRecord(known.chain, record) === "lost") return record;
  const stream = known.streams.get(record.stream);
  if (stream) stream.push({ record, text });
  else known.streams.set(record.stream, [{ record, text }]);
  return record;
}

function newerLog(file: string): CbctlError {
  return new CbctlError("not-understood", "the log was written by a newer cbctl", {
    reason: "it holds records of a version that this one does not know; appending could contradict them",
    hint: "update cbctl on this machine",
    where: file,
  });
}
