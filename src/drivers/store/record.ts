// The one place that needs node:crypto: the chain is only worth as much as its hash.
import { hash } from "node:crypto";
import type { StoredEvent } from "./driver.ts";

const VERSION = 1;

/** The record before the first one. */
export const GENESIS = "0".repeat(64);

/** One line of the log: what was appended to one stream at once. `seq` and `revision` are those of its last event. */
export interface LogRecord {
  readonly prev: string;
  readonly stream: string;
  readonly revision: number;
  readonly seq: number;
  readonly at: string;
  readonly hash: string;
}

export interface NewRecord extends Omit<LogRecord, "hash"> {
  /** Makes two equal records of two processes different, so that only one of them can have won. */
  readonly nonce: string;
  readonly bodies: readonly unknown[];
}

/** A line as it reads: a record, the beginning of one that was never finished, one of a newer cbctl, or something else. */
export type LogLine =
  | { readonly kind: "record"; readonly record: LogRecord }
  | { readonly kind: "torn" | "newer" | "foreign" };

const START = `{"v":${VERSION},"prev":"`;
const HEADER =
  /^\{"v":1,"prev":"([0-9a-f]{64})","stream":("(?:[^"\\]|\\.)*"),"revision":(\d+),"seq":(\d+),"at":"([^"]*)","nonce":"[^"]*","bodies":\[/;
const SEAL = { start: ',"hash":"', end: '"}', length: 75 } as const;

/**
 * The text of a record and its hash: sha256, in hex, of the very bytes of the line without `,"hash":"…"`, so that
 * `sha256sum` can check a line by hand.
 */
export function sealRecord(record: NewRecord): { readonly line: string; readonly hash: string } {
  const { prev, stream, revision, seq, at, nonce, bodies } = record;
  const text = JSON.stringify({ v: VERSION, prev, stream, revision, seq, at, nonce, bodies });
  const own = sha256(text);
  return { line: `${text.slice(0, -1)},"hash":"${own}"}`, hash: own };
}

/** Reads what the chain needs of a line. Bodies stay unread: a log has many more lines than a command asks for. */
export function readLine(text: string): LogLine {
  const header = isSealed(text) ? HEADER.exec(text) : null;
  if (!header) return { kind: kindOfBroken(text) };
  const [, prev, stream, revision, seq, at] = header as unknown as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  return {
    kind: "record",
    record: {
      prev,
      stream: stream.includes("\\") ? unquote(stream) : stream.slice(1, -1),
      revision: Number(revision),
      seq: Number(seq),
      at,
      hash: text.slice(SEAL.start.length - SEAL.length, -SEAL.end.length),
    },
  };
}

/** The events of a record's line; none when its bodies no longer read as JSON, which `verify` reports as edited. */
export function readEvents({ stream, revision, seq, at, hash }: LogRecord, text: string): StoredEvent[] {
  const bodies = parseBodies(text);
  return bodies.map((body, index) => {
    const before = bodies.length - 1 - index;
    return { seq: seq - before, stream, revision: revision - before, at, hash, body };
  });
}

/** The hash that a record's line should carry. */
export function hashOfLine(text: string): string {
  return sha256(`${text.slice(0, -SEAL.length)}}`);
}

// By hand: on the end of a long line this costs a fifth of what a regular expression does.
function isSealed(text: string): boolean {
  return text.endsWith(SEAL.end) && text.startsWith(SEAL.start, text.length - SEAL.length);
}

function kindOfBroken(text: string): "torn" | "newer" | "foreign" {
  const version = /^\{"v":(\d+)[,}]/.exec(text)?.[1];
  if (version && Number(version) > VERSION) return "newer";
  return text.startsWith(START) || START.startsWith(text) ? "torn" : "foreign";
}

function parseBodies(text: string): readonly unknown[] {
  try {
    const { bodies } = JSON.parse(text) as { readonly bodies: unknown };
    return Array.isArray(bodies) ? bodies : [];
  } catch {
    return [];
  }
}

function unquote(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text;
  }
}

function sha256(text: string): string {
  return hash("sha256", text, "hex");
}
