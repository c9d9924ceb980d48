import { GENESIS, type LogRecord } from "./record.ts";

/** Which records of a log count, decided line by line. */
export interface Chain {
  head: string;
  seq: number;
  readonly committed: Set<string>;
}

/**
 * `committed`: it follows the last committed record. `lost`: somebody else's record was there first. `after-gap`: what it
 * follows is not in the log; it counts all the same.
 */
export type Place = "committed" | "lost" | "after-gap";

export function startChain(): Chain {
  return { head: GENESIS, seq: 0, committed: new Set([GENESIS]) };
}

/**
 * Gives a record its place. Every reader of the same bytes decides alike, and lines are only ever added, so a decision
 * never changes.
 *
 * A writer follows a record that it read as committed. So a record that follows none proves that lines were removed or
 * changed before it; to drop it would let one deleted line take the rest of the log along.
 */
export function placeRecord(chain: Chain, { prev, hash, seq }: LogRecord): Place {
  if (prev !== chain.head && chain.committed.has(prev)) return "lost";
  const place = prev === chain.head ? "committed" : "after-gap";
  if (place === "after-gap") chain.committed.add(prev);
  chain.committed.add(hash);
  chain.head = hash;
  chain.seq = seq;
  return place;
}
