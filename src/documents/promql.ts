import { parser } from "@prometheus-io/lezer-promql";
import { CbctlError } from "../domain/errors.ts";
import type { MatcherPlace } from "../domain/matcher-place.ts";
import { withoutHoles } from "../domain/query-holes.ts";

/**
 * The places of all selectors of a query, in its order; `${name}` holes may stand in it.
 * @throws CbctlError `invalid-document` where the grammar does not know what is written.
 */
export function matcherPlaces(text: string): MatcherPlace[] {
  const places: MatcherPlace[] = [];
  parser.parse(withoutHoles(text)).iterate({
    enter({ type, node, from, to }) {
      if (type.isError) throw notPromql(text, from);
      if (type.name !== "VectorSelector") return;
      const matchers = node.getChild("LabelMatchers");
      if (matchers === null) places.push({ at: to, as: "braces" });
      else places.push(placeWithin(text, matchers.to));
    },
  });
  return places;
}

/** Before the closing brace; a comma may already stand there. */
function placeWithin(text: string, end: number): MatcherPlace {
  const [last] = /\S\s*$/.exec(text.slice(0, end - 1).replace(/#[^\n]*$/, "")) ?? [""];
  return { at: end - 1, as: /^[{,]/.test(last) ? "only" : "next" };
}

function notPromql(text: string, offset: number): CbctlError {
  const before = text.slice(0, offset).split("\n");
  const rest = text.slice(offset).trim().slice(0, 20);
  return new CbctlError("invalid-document", "this is not PromQL", {
    reason:
      rest === ""
        ? "it ends too early"
        : `near "${rest}", line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`,
    hint: "queries of documents keep to the language of Prometheus, which every server understands",
  });
}
