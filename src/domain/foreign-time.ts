const NAIVE = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$/;
const ZONE_ID = /\[[^\]]+\]$/;

/** Seconds since 1970 stay below this until the year 5138; milliseconds have been above it since 1973. */
const MILLISECONDS_FROM = 1e11;

/**
 * A time as other systems write it, in RFC 3339 UTC: ISO with or without a zone (naive is UTC), with a `[Zone/Id]`, or a
 * number of seconds or milliseconds since 1970, told apart by size. Null when it is none of these, or zero.
 */
export function readForeignTime(value: unknown): string | null {
  const ms =
    typeof value === "number" ? msOfNumber(value) : typeof value === "string" ? msOfText(value) : Number.NaN;
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function msOfNumber(value: number): number {
  if (!(value > 0)) return Number.NaN;
  return Math.round(value < MILLISECONDS_FROM ? value * 1_000 : value);
}

function msOfText(text: string): number {
  const plain = text.trim().replace(ZONE_ID, "");
  if (/^\d+(\.\d+)?$/.test(plain)) return msOfNumber(Number(plain));
  if (!/^\d{4}-\d\d-\d\d/.test(plain)) return Number.NaN;
  return Date.parse(NAIVE.test(plain) ? `${plain.replace(" ", "T")}Z` : plain);
}
