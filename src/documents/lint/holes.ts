import { nearNamesHint } from "../../domain/near-names.ts";
import type { System } from "../../domain/system.ts";
import { holesOf } from "../../domain/vocabulary/hole.ts";
import type { Finding } from "../check.ts";
import type { Path } from "../load.ts";
import { error, type Rule } from "./rule.ts";
import { lastName, textsUnder } from "./walk.ts";

/** Every hole of a call has something to fill it: the inputs, and in a change what is known of its reach. */
export const holesCanBeFilled: Rule<System> = (system, raw) => {
  const inputs = Object.keys(system.inputs);
  return [
    ...unfilled(raw, ["spec", "read", "call"], inputs),
    ...unfilled(raw, ["spec", "checks"], inputs),
    ...unfilled(raw, ["spec", "health"], inputs),
    ...Object.entries(system.change).flatMap(([verb, reaches]) =>
      Object.keys(reaches).flatMap((reach) =>
        unfilled(
          raw,
          ["spec", "change", verb, reach],
          [...inputs, ...namesOf(system, reach), ...(verb === "patch" ? ["settings"] : [])],
        ),
      ),
    ),
  ];
};

/** What a change of this reach knows of the breakers that it touches. */
function namesOf({ read }: System, reach: string): string[] {
  if (reach === "all") return [];
  if (reach !== "breaker") return [reach];
  return ["key", ...(read?.group ? ["group"] : []), ...Object.keys(read?.labels ?? {})];
}

function unfilled(raw: unknown, path: Path, known: readonly string[]): Finding[] {
  return textsUnder(raw, path)
    .filter((found) => lastName(found.path) !== "note")
    .flatMap(({ path: at, text }) =>
      holesOf(text)
        .filter((name) => !known.includes(name))
        .map((name) => error(at, `nothing fills \${${name}} here`, nearNamesHint(name, known))),
    );
}
