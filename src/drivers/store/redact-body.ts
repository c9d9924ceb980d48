/**
 * A JSON value with every text in it redacted, names included, and numbers that spell a secret. Redacting the serialized
 * text instead could cut through its syntax, and would miss a secret that JSON writes with escapes.
 */
export function redactBody(body: unknown, redact: (text: string) => string): unknown {
  return JSON.parse(JSON.stringify(body, (_name, value: unknown) => redactOne(value, redact)) ?? "null");
}

function redactOne(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") {
    const text = String(value);
    const redacted = redact(text);
    return redacted === text ? value : redacted;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [redact(name), item]));
}
