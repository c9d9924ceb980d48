const NARROW = /^[\x20-\x7e]*$/;
const NO_WIDTH = /^[\p{M}\p{Cf}\u1160-\u11ff]$/u;
const EMOJI = /^\p{Emoji_Presentation}$/u;

const MOST_MEASURED = 1_000;

/** First and last code points of East Asian wide and fullwidth blocks, in order. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18d08],
  [0x1b000, 0x1b2fb],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];

/** Columns that a text takes on a terminal: two for a wide character, none for a combining one. */
export function textWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text if it fits into `width` columns, else its beginning and an ellipsis. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let kept = "";
  let used = 0;
  for (const character of text) {
    used += characterWidth(character);
    if (used > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Few characters but letters are shown often, and what Unicode says of them is dear to ask. */
const MEASURED = new Map<string, number>();

function characterWidth(character: string): number {
  if ((character.codePointAt(0) ?? 0) < 0x300) return 1;
  const known = MEASURED.get(character) ?? measure(character);
  if (MEASURED.size < MOST_MEASURED) MEASURED.set(character, known);
  return known;
}

function measure(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (NO_WIDTH.test(character)) return 0;
  const isWide = WIDE.some(([first, last]) => point >= first && point <= last);
  return isWide || EMOJI.test(character) ? 2 : 1;
}
