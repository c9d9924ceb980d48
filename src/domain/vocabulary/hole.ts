import { CbctlError } from "../errors.ts";

const HOLE = /\$\{([A-Za-z][\w.-]*)\}/g;

export type HoleValue = string | number | boolean;
export type Holes = Readonly<Record<string, HoleValue>>;
export type Encode = (value: HoleValue, name: string) => string;

/** The names of the `${name}` holes of a text. */
export function holesOf(text: string): string[] {
  return [...text.matchAll(HOLE)].map(([, name = ""]) => name);
}

/** Fills every hole once; what was filled in is never read again. An unknown name is an invalid document. */
export function fillHoles(text: string, values: Holes, encode: Encode): string {
  return text.replace(HOLE, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) {
      throw new CbctlError("invalid-document", `nothing is known for \${${name}} in "${text}"`, {
        hint: `known here: ${Object.keys(values).join(", ") || "nothing"}`,
      });
    }
    return encode(value, name);
  });
}

/** As one segment of a URL path. Refuses what a path cannot carry. */
export function asUrlSegment(value: HoleValue, name: string): string {
  const text = String(value);
  if (text === "" || text === "." || text === "..") {
    throw new CbctlError("usage", `${name} "${text}" cannot stand in a URL path`);
  }
  return encodeURIComponent(text);
}

/** As it is: for texts that a person reads. */
export function asText(value: HoleValue): string {
  return String(value);
}

/** Fills the holes of a JSON value; a string that is nothing but one hole becomes the value itself, whatever its shape. */
export function fillJson(value: unknown, holes: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === "string") {
    const [only] = holesOf(value);
    if (only !== undefined && value === `\${${only}}` && Object.hasOwn(holes, only)) return holes[only];
    return fillHoles(value, holes as Holes, asText);
  }
  if (Array.isArray(value)) return value.map((item) => fillJson(item, holes));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillJson(item, holes)]));
  }
  return value;
}
