import type { ViewOptions } from "../view.ts";
import { type Cell, NOT_TOLD, toned, untitled } from "./cell.ts";
import { drawWhole } from "./table.ts";

/** Names and values under each other, values whole; null is not told. */
export function drawFacts(
  facts: readonly (readonly [name: string, value: Cell | null])[],
  options: ViewOptions,
): Iterable<string> {
  return drawWhole(
    {
      columns: untitled(2),
      rows: facts.map(([name, value]) => [toned(name, "dim"), value ?? NOT_TOLD]),
    },
    options,
  );
}

/** A titled block after an empty line; nothing at all when it has no lines. */
export function* drawSection(
  title: string,
  lines: Iterable<string>,
  { paint }: ViewOptions,
): Iterable<string> {
  let isFirst = true;
  for (const line of lines) {
    if (isFirst) yield* ["", paint.strong(title)];
    isFirst = false;
    yield `  ${line}`;
  }
}

/** `1 breaker`, `2 breakers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
