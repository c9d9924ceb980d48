import type { PastMoment } from "../scenario.ts";

export const seconds = 1000;
export const minutes = 60 * seconds;

export const fine: PastMoment = { state: "closed", outcome: "ok", callSeconds: 0.02 };
/** Open, and every call turned away. */
export const turnedAway: PastMoment = { state: "open", outcome: "rejected", callSeconds: 0 };

type Past = (agoMs: number) => PastMoment;

export function always(moment: PastMoment): Past {
  return () => moment;
}

/** Open, with a failed trial in each minute, always between two samples of 15 s. */
export const openWithTrials: Past = (agoMs) =>
  Math.floor(agoMs / seconds) % 60 === 52
    ? { state: "half_open", outcome: "error", callSeconds: 0.02 }
    : turnedAway;

/** In every `cycleMs` it opens, waits, tries and closes again. */
export function flappingEvery(cycleMs: number): Past {
  return (agoMs) => {
    const left = agoMs % cycleMs;
    if (left >= cycleMs * 0.75) return { state: "closed", outcome: "error", callSeconds: 0.02 };
    if (left >= cycleMs * 0.25) return turnedAway;
    return { state: "half_open", outcome: "ok", callSeconds: 0.02 };
  };
}
