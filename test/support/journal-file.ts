import { readFileSync, writeFileSync } from "node:fs";

/** The lines of a journal's file with their numbers, those that hold a record. */
export function recordLines(file: string): { readonly number: number; readonly text: string }[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .map((text, index) => ({ number: index + 1, text }))
    .filter(({ text }) => text !== "");
}

/** Rewrites the file line by line, as somebody with an editor could. */
export function rewriteLines(file: string, change: (lines: string[]) => string[]): void {
  writeFileSync(file, change(readFileSync(file, "utf8").split("\n")).join("\n"));
}
