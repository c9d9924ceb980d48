const NAIVE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;
const ZONE_ID = /\[[^\]]+\]$/;

const ZONED = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)? ?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/i;

/** Seconds since 1970 stay below this until the year 5138; milliseconds have been above it since 1973. */
const MILLISECONDS_FROM = 1e11;
const EARLIEST_MS = 1e11;
const LATEST_MS = 1e14;

/**
 * A time as other systems write it, in RFC 3339 UTC: ISO with or without a zone (naive is UTC), with a `[Zone/Id]`, or a
 * number of seconds or milliseconds since 1970, told apart by size unless the unit is known. Null when it is none of these,
 * and for what is no time of a breaker: zero, a clock that began with the process, the year 1.
 */
export function readForeignTime(value: unknown, unit?: "s" | "ms"): string | null {
  const ms =
    typeof value === "number"
      ? msOfNumber(value, unit)
      : typeof value === "string"
        ? msOfText(value, unit)
        : Number.NaN;
  return ms >= EARLIEST_MS && ms < LATEST_MS ? new Date(ms).toISOString() : null;
}

function msOfNumber(value: number, unit = value < MILLISECONDS_FROM ? "s" : "ms"): number {
  return Math.round(unit === "s" ? value * 1_000 : value);
}

function msOfText(text: string, unit: "s" | "ms" | undefined): number {
  const plain = text.trim().replace(ZONE_ID, "");
  if (/^\d+(\.\d+)?$/.test(plain)) return msOfNumber(Number(plain), unit);
  if (NAIVE.test(plain)) return Date.parse(`${plain.replace(" ", "T")}Z`);
  return ZONED.test(plain) ? Date.parse(plain) : Number.NaN;
}
