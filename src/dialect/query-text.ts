import { CbctlError } from "../domain/errors.ts";
import type { MatcherPlace } from "../domain/matcher-place.ts";
import type { Labels } from "../domain/metric-series.ts";
import { type HolePlace, holePlaces, type Quote } from "../domain/query-holes.ts";
import type { Holes, HoleValue } from "../domain/vocabulary/hole.ts";
import { matchersOf, promqlString } from "./promql.ts";

/** A query of a document, with the places of its selectors as the grammar found them when the document was checked. */
export interface CheckedQuery {
  readonly text: string;
  readonly places: readonly MatcherPlace[];
}

/**
 * A query as it is sent: every `${name}` filled as the literal that its place takes, and `match` bound into every selector.
 * What was filled in is never read again.
 * @throws CbctlError for an unknown name, or a value that its place cannot take.
 */
export function fillQuery({ text, places }: CheckedQuery, holes: Holes, match: Labels): string {
  const filled = holePlaces(text).map(({ from, to, name, place }): Edit => {
    const value = Object.hasOwn(holes, name) ? holes[name] : undefined;
    if (value === undefined) throw unknownName(name, text, holes);
    return { from, to, put: literalOf(value, name, place) };
  });
  return edited(text, [...filled, ...bindings(match, places)]);
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly put: string;
}

function edited(text: string, edits: readonly Edit[]): string {
  let done = "";
  let position = 0;
  for (const { from, to, put } of edits.toSorted((a, b) => a.from - b.from)) {
    done += text.slice(position, from) + put;
    position = to;
  }
  return done + text.slice(position);
}

function bindings(match: Labels, places: readonly MatcherPlace[]): Edit[] {
  const matchers = matchersOf(match);
  if (matchers === "") return [];
  const shapes = { braces: `{${matchers}}`, only: matchers, next: `,${matchers}` };
  return places.map(({ at, as }) => ({ from: at, to: at, put: shapes[as] }));
}

function literalOf(value: HoleValue, name: string, place: HolePlace): string {
  const text = String(value);
  if (place.kind === "string") {
    return quoted(place.pattern ? text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&") : text, name, place.quote);
  }
  if (place.kind === "duration" && /^(\d+(ms|[smhdwy]))+$/.test(text)) return text;
  if (place.kind === "number" && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return text;
  const wanted = {
    duration: "a duration such as 5m",
    number: "a number",
    comment: "nothing: it is a comment",
  };
  throw new CbctlError("usage", `${name} "${text}" cannot stand here in the query`, {
    reason: `its place takes ${wanted[place.kind]}`,
  });
}

function quoted(text: string, name: string, quote: Quote | null): string {
  if (quote === null) return promqlString(text);
  if (quote === '"') return promqlString(text).slice(1, -1);
  if (quote === "'") return promqlString(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  if (!text.includes("`")) return text;
  throw new CbctlError("usage", `${name} "${text}" cannot stand in the query`, {
    reason: "nothing can be escaped between backticks",
    hint: "use double quotes there",
  });
}

function unknownName(name: string, text: string, holes: Holes): CbctlError {
  return new CbctlError("invalid-document", `nothing is known for \${${name}} in "${text}"`, {
    hint: `known here: ${Object.keys(holes).join(", ") || "nothing"}`,
  });
}
