import { formatDuration } from "../../domain/vocabulary/duration.ts";
import type { ViewOptions } from "../view.ts";
import { NOT_TOLD } from "./cell.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/** A span of time as precisely as a person needs it: `12s`, `3m20s`, `2h5m`, `3d4h`. Takes milliseconds. */
export function roughDuration(ms: number): string {
  const grain = ms >= DAY ? HOUR : ms >= HOUR ? 60_000 : SECOND;
  const rounded = Math.floor(ms / grain) * grain;
  return rounded < SECOND ? "0s" : formatDuration(rounded);
}

/** How long ago something was, for a person; the time itself elsewhere. */
export function sinceText(time: string | null, { terminal, now }: ViewOptions): string {
  if (time === null) return NOT_TOLD;
  return terminal ? roughDuration(now - Date.parse(time)) : time;
}

/** When a breaker tries again: `in 12s`, `due` when that time has passed; the time itself where no person reads. */
export function retryText(time: string | null, { terminal, now }: ViewOptions): string {
  if (time === null) return NOT_TOLD;
  if (!terminal) return time;
  const left = Date.parse(time) - now;
  return left > 0 ? `in ${roughDuration(left)}` : "due";
}
