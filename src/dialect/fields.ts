import { readForeignTime } from "../domain/foreign-time.ts";
import { matchesGlob } from "../domain/glob.ts";
import { type CompiledPath, compilePath } from "../domain/path.ts";
import type { Field } from "../domain/system.ts";

/** Reads one field of an item; null is "not told". `key` is the breaker's key, once it is known. */
export type FieldReader<T> = (item: unknown, key: string) => T | null;

const MISSING: FieldReader<never> = () => null;

function rawReader(field: Field): (item: unknown, key: string) => unknown {
  if (field.of === "key") return (_, key) => key;
  const path: CompiledPath = compilePath(field.at ?? "@");
  const notTold = new Set(field.unknown ?? []);
  return (item) => {
    const value = path(item);
    return notTold.has(value as string) ? null : value;
  };
}

/** The meaning that a document's words give to a value; undefined when none of them does. */
export function meaningOf(field: Field, value: unknown): string | undefined {
  for (const [meaning, words] of Object.entries(field.words ?? {})) {
    for (const word of words) {
      const matches =
        typeof word === "number"
          ? word === value
          : typeof value === "string" && matchesGlob(word, value, true);
      if (matches) return meaning;
    }
  }
  return undefined;
}

/** The value as it stands, its words not yet read. */
export function valueReader(field: Field | undefined): FieldReader<unknown> {
  return field ? rawReader(field) : MISSING;
}

/** Text: a string, or a number or flag written out; through the field's words where it has them. */
export function textReader(field: Field | undefined): FieldReader<string> {
  if (!field) return MISSING;
  const read = rawReader(field);
  return (item, key) => {
    const value = read(item, key);
    const meaning = meaningOf(field, value);
    if (meaning !== undefined) return meaning;
    if (typeof value === "string") return value;
    return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
  };
}

/** A moment, in RFC 3339 UTC. */
export function timeReader(field: Field | undefined): FieldReader<string> {
  if (!field) return MISSING;
  const read = rawReader(field);
  const unit = field.unit === "s" || field.unit === "ms" ? field.unit : undefined;
  return (item, key) => readForeignTime(read(item, key), unit);
}

/** A count: a number that is finite and not negative. */
export function countReader(field: Field | undefined): FieldReader<number> {
  if (!field) return MISSING;
  const read = rawReader(field);
  return (item, key) => {
    const value = read(item, key);
    return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
  };
}
