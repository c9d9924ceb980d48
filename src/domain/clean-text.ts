/** Control, format (bidi, zero-width, tags), line-separating characters and lone surrogates: what can move a cursor, turn a line around or hide. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The same as it can stand in JSON text, where blanks between values are no harm and an escape may hide anything. */
const SUSPICIOUS = /\\[bfnrtu]|(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Text from outside, made harmless: each dangerous character becomes U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(HARMFUL, "\ufffd");
}

/** True when a body could hold a harmful character after it is parsed. Cheap, so that clean answers cost nothing. */
export function mayHoldHarm(json: string): boolean {
  return SUSPICIOUS.test(json);
}

/** Cleans every string of a JSON value, keys included. */
export function cleanJson(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((item) => cleanJson(item, clean));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [clean(key), cleanJson(item, clean)]),
    );
  }
  return value;
}
