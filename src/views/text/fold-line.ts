import { textWidth } from "./text-width.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
const COLOUR = /\u001b\[[0-9;]*m/g;

/** Further lines stand this far behind the first word. */
const HANGING = 4;

/** A line as the lines that a terminal of so many columns can show without breaking words; colours take no width. */
export function foldLine(line: string, columns: number): string[] {
  if (shownWidth(line) <= columns) return [line];
  const indent = " ".repeat(Math.min(/^ */.exec(line)?.[0].length ?? 0, columns >> 2));
  const folded: string[] = [];
  let current = "";
  for (const word of line.trimStart().split(/(?<=\S)(?= +\S)/)) {
    const start = current === "" ? indent + (folded.length > 0 ? " ".repeat(HANGING) : "") : current;
    const piece = current === "" ? word.trimStart() : word;
    if (current !== "" && shownWidth(current) + shownWidth(piece) > columns) {
      folded.push(current);
      current = `${indent}${" ".repeat(HANGING)}${piece.trimStart()}`;
    } else {
      current = start + piece;
    }
  }
  return [...folded, current];
}

function shownWidth(text: string): number {
  return textWidth(text.replace(COLOUR, ""));
}
