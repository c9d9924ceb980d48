import { BREAKER_STATES } from "../../domain/breaker.ts";
import { nearNamesHint } from "../../domain/near-names.ts";
import type { System } from "../../domain/system.ts";
import { nameError, type Rule } from "./rule.ts";

const KNOWN: readonly string[] = BREAKER_STATES;

/** Foreign words are given to states that cbctl has. */
export const stateWords: Rule<System> = ({ read }) =>
  Object.keys(read?.state.words ?? {})
    .filter((state) => !KNOWN.includes(state))
    .map((state) =>
      nameError(
        ["spec", "read", "state", "words", state],
        `"${state}" is no state`,
        nearNamesHint(state, KNOWN),
      ),
    );
