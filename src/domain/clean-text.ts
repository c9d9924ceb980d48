/** Control, bidi and zero-width characters, lone surrogates' kin and line separators: what can move a cursor or turn a line around. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
const HARMFUL =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** The same, as it can stand in JSON text: escaped or plain. Cheap to search, so that clean answers cost nothing. */
const SUSPICIOUS =
  /\\u00[01789aA]|\\u061c|\\u180e|\\u20[026]|\\ufe|\\ufff|[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/i;

/** Text from outside, made harmless: each dangerous character becomes U+FFFD. */
export function cleanText(text: string): string {
  return text.replace(HARMFUL, "\ufffd");
}

/** True when a body could hold a harmful character after it is parsed. */
export function mayHoldHarm(json: string): boolean {
  return SUSPICIOUS.test(json) || /\\[bfnrt]/.test(json);
}

/** Cleans every string of a JSON value, keys included. */
export function cleanJson(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return value.map(cleanJson);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [cleanText(key), cleanJson(item)]));
  }
  return value;
}
