import type { Finding } from "../check.ts";
import type { Path } from "../load.ts";

/**
 * Something that must hold of a document beyond its shape.
 * @param value What the document means.
 * @param raw What was written, for the places of findings.
 */
export type Rule<T> = (value: T, raw: unknown) => Finding[];

export function error(path: Path, message: string, hint?: string): Finding {
  return { path, severity: "error", message, hint };
}

export function warning(path: Path, message: string, hint?: string): Finding {
  return { path, part: "key", severity: "warning", message, hint };
}
