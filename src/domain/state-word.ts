import type { BreakerState } from "./breaker.ts";

const WORDS: Readonly<Record<string, BreakerState>> = {
  closed: "closed",
  close: "closed",
  open: "open",
  opened: "open",
  half_open: "half_open",
  halfopen: "half_open",
  half_opened: "half_open",
  forced_open: "forced_open",
  force_open: "forced_open",
  disabled: "disabled",
  metrics_only: "metrics_only",
};

/**
 * The state behind a word as systems spell it: any case, `-`, `_` or blanks, a prefix such as `Circuit.State.`.
 * Undefined for any other word, and for every number: numbers are never guessed.
 */
export function readStateWord(value: unknown): BreakerState | undefined {
  if (typeof value !== "string") return undefined;
  const word = value
    .trim()
    .replace(/^(?:(?:\w+\.)+|STATE_)/, "")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/[-\s]+/g, "_")
    .toLowerCase();
  return Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
}
