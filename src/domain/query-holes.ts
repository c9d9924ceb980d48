/** Where a hole stands in a query, which says what it may become. */
export type HolePlace =
  | { readonly kind: "string"; readonly quote: Quote | null; readonly pattern: boolean }
  | { readonly kind: "duration" | "number" | "comment" };

/** The quotes around a hole; null where the hole is the whole value of a matcher. */
export type Quote = '"' | "'" | "`";

export interface PlacedHole {
  readonly from: number;
  readonly to: number;
  readonly name: string;
  readonly place: HolePlace;
}

const HOLE = /\$\{([A-Za-z][\w.-]*)\}/g;
const TOKEN = /\$\{[A-Za-z][\w.-]*\}|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*/g;

/** The `${name}` holes of a PromQL text, each with its place. */
export function holePlaces(text: string): PlacedHole[] {
  return [...text.matchAll(TOKEN)].flatMap((token) => {
    const place = placeOf(token[0], text.slice(0, token.index));
    return [...token[0].matchAll(HOLE)].map((hole) => {
      const from = token.index + hole.index;
      return { from, to: from + hole[0].length, name: hole[1] ?? "", place };
    });
  });
}

function placeOf(token: string, before: string): HolePlace {
  const [first] = token;
  if (first === "#") return { kind: "comment" };
  // Braces, brackets and operators within strings say nothing of where a hole stands.
  const code = before.replace(TOKEN, "_");
  const inMatchers = code.lastIndexOf("{") > code.lastIndexOf("}");
  const pattern = inMatchers && /[=!]~\s*$/.test(code);
  if (first === '"' || first === "'" || first === "`") return { kind: "string", quote: first, pattern };
  if (inMatchers) return { kind: "string", quote: null, pattern };
  const isDuration = /\[[^\]]*$|\boffset\s*-?\s*$/.test(code);
  return { kind: isDuration ? "duration" : "number" };
}

/** The same text with each hole replaced by a literal of its length, for a grammar to read. */
export function withoutHoles(text: string): string {
  let readable = text;
  for (const { from, to, place } of holePlaces(text)) {
    readable = readable.slice(0, from) + stubOf(place, to - from) + readable.slice(to);
  }
  return readable;
}

function stubOf(place: HolePlace, length: number): string {
  if (place.kind === "string")
    return place.quote === null ? `"${"x".repeat(length - 2)}"` : "x".repeat(length);
  return place.kind === "duration" ? `${"1".repeat(length - 1)}s` : "1".repeat(length);
}
