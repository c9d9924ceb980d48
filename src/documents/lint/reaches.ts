import { nearNamesHint } from "../../domain/near-names.ts";
import type { System } from "../../domain/system.ts";
import { nameError, type Rule } from "./rule.ts";

/** A reach is one breaker, all, or a label that the document reads. */
export const reachesAreKnown: Rule<System> = ({ read, change }) => {
  const known = ["breaker", "all", ...(read?.group ? ["group"] : []), ...Object.keys(read?.labels ?? {})];
  return Object.entries(change).flatMap(([verb, reaches]) =>
    Object.keys(reaches)
      .filter((reach) => !known.includes(reach))
      .map((reach) =>
        nameError(
          ["spec", "change", verb, reach],
          `"${reach}" is no label that spec.read reads`,
          nearNamesHint(reach, known),
        ),
      ),
  );
};
