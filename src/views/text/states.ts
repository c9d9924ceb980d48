import { BREAKER_STATES, type BreakerState, type InstanceCounts } from "../../domain/breaker.ts";
import { type Cell, toned } from "./cell.ts";
import type { Tone } from "./paint.ts";

const SIGNS: Record<BreakerState, { readonly symbol: string; readonly tone: Tone }> = {
  open: { symbol: "✖", tone: "bad" },
  forced_open: { symbol: "⊘", tone: "bad" },
  half_open: { symbol: "◐", tone: "warn" },
  unknown: { symbol: "?", tone: "warn" },
  disabled: { symbol: "○", tone: "dim" },
  metrics_only: { symbol: "◌", tone: "dim" },
  closed: { symbol: "●", tone: "good" },
};

const COUNTERS: Record<BreakerState, Exclude<keyof InstanceCounts, "total">> = {
  open: "open",
  forced_open: "forcedOpen",
  half_open: "halfOpen",
  unknown: "unknown",
  disabled: "disabled",
  metrics_only: "metricsOnly",
  closed: "closed",
};

/** Symbol and word: told apart without colour, and without good eyes. */
export function stateText(state: BreakerState): string {
  return `${SIGNS[state].symbol} ${state}`;
}

export function stateTone(state: BreakerState): Tone {
  return SIGNS[state].tone;
}

/** Symbol, word and colour together. */
export function stateCell(state: BreakerState): Cell {
  return toned(stateText(state), stateTone(state));
}

/** How many are in each state that occurs, worst first: `1 open`, `5 closed`. */
export function countedStates(counts: InstanceCounts): { readonly text: string; readonly tone: Tone }[] {
  return BREAKER_STATES.flatMap((state) => {
    const count = counts[COUNTERS[state]];
    return count === 0 ? [] : [{ text: `${count} ${state}`, tone: stateTone(state) }];
  });
}

/** The instances of one breaker: `3/3` where they agree, else `2 open 1 closed`. */
export function instancesText(counts: InstanceCounts): string {
  const counted = countedStates(counts);
  return counted.length > 1 ? counted.map(({ text }) => text).join(" ") : `${counts.total}/${counts.total}`;
}
