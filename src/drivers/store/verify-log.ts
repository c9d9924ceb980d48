import { type Chain, placeRecord, startChain } from "./chain.ts";
import type { StoreFault, Verification } from "./driver.ts";
import { hashOfLine, type LogLine, type LogRecord, readEvents, readLine } from "./record.ts";

interface Line {
  readonly number: number;
  readonly text: string;
  readonly read: LogLine;
}

/** What the check remembers on its way down the log. */
interface Check {
  readonly chain: Chain;
  readonly lineOf: ReadonlyMap<string, number>;
  readonly edited: Set<string>;
  /** The last line that reads as no record, since the last that counted. */
  unreadable: Line | null;
}

/**
 * Checks every line of a log: its own hash, and that it follows a record before it. Says what was edited, deleted,
 * reordered or repeated, and where. Lost attempts and unfinished lines are part of normal life and only counted.
 * Lines cut from the end leave a shorter log that is whole: only a head kept elsewhere can tell.
 */
export function verifyLog(text: string): Verification {
  const end = text.lastIndexOf("\n") + 1;
  const lines = readLines(text.slice(0, end));
  const check: Check = {
    chain: startChain(),
    lineOf: indexLines(lines),
    edited: new Set(),
    unreadable: null,
  };
  const counts = { events: 0, lost: 0, torn: end < text.length ? 1 : 0 };
  const faults: StoreFault[] = [];
  const report = (fault: StoreFault | null) => fault && faults.push(fault);
  for (const line of lines) {
    const { read } = line;
    if (read.kind !== "record") {
      check.unreadable = line;
      if (read.kind === "torn") counts.torn += 1;
      else report(notUnderstood(line));
      continue;
    }
    const seqBefore = check.chain.seq;
    const place = placeRecord(check.chain, read.record);
    const own = ownFault(check, line, read.record);
    report(own ?? (place === "after-gap" ? gapFault(check, line, read.record, seqBefore) : null));
    if (place === "lost") {
      counts.lost += 1;
      continue;
    }
    counts.events += readEvents(read.record, line.text).length;
    check.unreadable = null;
  }
  return { ...counts, head: check.chain.head, faults };
}

function readLines(text: string): Line[] {
  return text
    .split("\n")
    .map((line, index) => ({ number: index + 1, text: line, read: readLine(line) }))
    .filter(({ text }) => text !== "");
}

function indexLines(lines: readonly Line[]): ReadonlyMap<string, number> {
  const lineOf = new Map<string, number>();
  for (const { number, read } of lines) {
    if (read.kind === "record" && !lineOf.has(read.record.hash)) lineOf.set(read.record.hash, number);
  }
  return lineOf;
}

function ownFault({ edited, lineOf }: Check, { number, text }: Line, { hash }: LogRecord): StoreFault | null {
  const right = hashOfLine(text);
  if (right !== hash) {
    // What follows this line follows the record as it was: by the hash it carries, or, if that was changed, by the right one.
    edited.add(hash).add(right);
    return {
      line: number,
      kind: "edited",
      message: `line ${number} was edited: its hash does not match its text`,
    };
  }
  const first = lineOf.get(hash);
  if (first === undefined || first === number) return null;
  return { line: number, kind: "repeated", message: `line ${number} repeats line ${first}` };
}

function gapFault(
  { lineOf, edited, unreadable }: Check,
  { number }: Line,
  { prev, seq }: LogRecord,
  seqBefore: number,
): StoreFault | null {
  if (edited.has(prev)) return null;
  const follows = lineOf.get(prev);
  if (follows !== undefined) {
    const message = `line ${number} is out of order: it was written right after what is now line ${follows}`;
    return { line: number, kind: "reordered", message };
  }
  if (unreadable) {
    if (unreadable.read.kind !== "torn") return null;
    const message = `line ${unreadable.number} was edited: line ${number} was written after it, but it no longer reads as a record`;
    return { line: unreadable.number, kind: "edited", message };
  }
  const gap = seq - seqBefore - 1;
  const how = gap > 0 ? ` (${gap === 1 ? "an event" : `${gap} events`}, from number ${seqBefore + 1})` : "";
  const message = `lines are missing before line ${number}${how}: what it was written after is not in the log`;
  return { line: number, kind: "missing", message };
}

function notUnderstood({ number, read }: Line): StoreFault {
  const what = read.kind === "newer" ? "was written by a newer cbctl" : "is not a record of cbctl";
  return { line: number, kind: "not-understood", message: `line ${number} ${what}` };
}
