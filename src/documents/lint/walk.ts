import type { Path } from "../load.ts";
import { isMap } from "../shape.ts";

export interface FoundText {
  readonly path: Path;
  readonly text: string;
}

/** What was written at a place; undefined when nothing was. */
export function writtenAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, name) => (at as Readonly<Record<string | number, unknown>> | undefined)?.[name],
    raw,
  );
}

/** Every text at or under a place of what was written. */
export function textsUnder(raw: unknown, path: Path): FoundText[] {
  const value = writtenAt(raw, path);
  if (typeof value === "string") return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((_, index) => textsUnder(raw, [...path, index]));
  return isMap(value) ? Object.keys(value).flatMap((name) => textsUnder(raw, [...path, name])) : [];
}

/** The last name on a path that is not a position in a list. */
export function lastName(path: Path): string {
  return String(path.findLast((name) => typeof name === "string") ?? "");
}
