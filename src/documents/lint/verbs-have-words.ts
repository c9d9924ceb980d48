import type { System } from "../../domain/system.ts";
import { VERBS } from "../../domain/vocabulary/change.ts";
import { error, type Rule, warning } from "./rule.ts";

/** What cbctl cannot do, the document says how to do by hand; and not of what it can. */
export const verbsHaveWords: Rule<System> = ({ change, instead }) =>
  VERBS.flatMap((verb) => {
    if (change[verb] === undefined && instead[verb] === undefined) {
      return [
        warning(["spec", "instead"], `nothing says how to ${verb} by hand`, `add spec.instead.${verb}`),
      ];
    }
    return change[verb] !== undefined && instead[verb] !== undefined
      ? [error(["spec", "instead", verb], `${verb} is declared under spec.change already`)]
      : [];
  });
