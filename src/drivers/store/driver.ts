/** One committed event of the log. `at` is RFC 3339 UTC; `seq` counts from 1 over all streams. */
export interface StoredEvent {
  readonly seq: number;
  readonly stream: string;
  /** Position in its own stream, from 1. */
  readonly revision: number;
  readonly at: string;
  /** Of the record that holds it; events appended together share it. */
  readonly hash: string;
  readonly body: unknown;
}

/** A place where the log does not hold together. `line` counts from 1, empty lines included, as editors count. */
export interface StoreFault {
  readonly line: number;
  readonly kind: "edited" | "missing" | "reordered" | "repeated" | "not-understood";
  readonly message: string;
}

/** What a check of the whole log found. No fault: the chain holds from the first event to `head`. */
export interface Verification {
  readonly events: number;
  /** Attempts that came second: somebody else's record was decided first. Harmless. */
  readonly lost: number;
  /** Lines that a dying process left unfinished. Harmless: none of them was ever acknowledged. */
  readonly torn: number;
  /** Hash of the last committed record. Kept elsewhere, it proves later that no line was cut from the end. */
  readonly head: string;
  readonly faults: readonly StoreFault[];
}

/**
 * An append-only log of events in streams (`journal/<context>`, `run/<id>` …). What is true now is a fold of a stream.
 * The same methods must be able to stand on one etcd transaction an append.
 */
export interface Store {
  /**
   * Appends to a stream if nobody appended since `after` (its last known revision, 0 for an empty stream), flushed to
   * disk. Several bodies are appended all or not at all.
   * @throws CbctlError `conflict`, naming who and when; `no-storage` when the disk refuses; `not-understood` when a newer
   * cbctl wrote to the log.
   */
  append(stream: string, after: number, bodies: readonly unknown[]): Promise<readonly StoredEvent[]>;
  /** The events of a stream, oldest first; with `since` (RFC 3339 UTC), only those from that instant on. */
  read(stream: string, since?: string): Promise<readonly StoredEvent[]>;
  /** Names of the streams that begin with a prefix, in order of name, and their last revisions. */
  list(prefix: string): Promise<readonly StreamHead[]>;
  /** Checks the whole log. Faults are an answer, not an error. Lines cut from its end are not visible in the log itself. */
  verify(): Promise<Verification>;
}

export interface StreamHead {
  readonly stream: string;
  readonly revision: number;
}
