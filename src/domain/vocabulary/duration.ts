const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

export type DurationUnit = keyof typeof UNIT_MS;

const WHOLE = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w))+$/;
const PARTS = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g;

/** Milliseconds of a duration such as `90s`, `1m30s`, `500ms`; null when the text is not one, or not a whole number of milliseconds. */
export function parseDuration(text: string): number | null {
  if (!WHOLE.test(text)) return null;
  let total = 0;
  for (const [, amount = "", unit = "ms"] of text.matchAll(PARTS)) {
    total += Number(amount) * UNIT_MS[unit as DurationUnit];
  }
  const rounded = Math.round(total);
  const noise = Math.max(1e-6, total * 2 * Number.EPSILON);
  return Math.abs(total - rounded) < noise && Number.isSafeInteger(rounded) ? rounded : null;
}

/** The exact text of a duration, largest units first: `90000` is `1m30s`, `61500` is `1m1.5s`, `500` is `500ms`. */
export function formatDuration(ms: number): string {
  if (!Number.isFinite(ms)) return String(ms);
  if (ms < 0) return `-${formatDuration(-ms)}`;
  if (ms < 1_000) return ms === 0 ? "0s" : `${ms}ms`;
  const parts: string[] = [];
  let rest = ms;
  for (const unit of ["d", "h", "m"] as const) {
    const count = Math.floor(rest / UNIT_MS[unit]);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * UNIT_MS[unit];
  }
  if (rest > 0) parts.push(`${rest / UNIT_MS.s}s`);
  return parts.join("");
}
