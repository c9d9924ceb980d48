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

/** An error of the name itself, not of what stands under it. */
export function nameError(path: Path, message: string, hint?: string): Finding {
  return { ...error(path, message, hint), part: "key" };
}

export function warning(path: Path, message: string, hint?: string): Finding {
  return { path, severity: "warning", message, hint };
}
