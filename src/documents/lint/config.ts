import type { Config } from "../../domain/config.ts";
import { nearNamesHint } from "../../domain/near-names.ts";
import { isLoopback } from "../url.ts";
import { error, type Rule, warning } from "./rule.ts";

/** The current context is one of those that follow. */
export const currentContextExists: Rule<Config> = ({ currentContext, contexts }) =>
  currentContext === null || Object.hasOwn(contexts, currentContext)
    ? []
    : [
        warning(
          ["current-context"],
          `there is no context "${currentContext}"`,
          nearNamesHint(currentContext, Object.keys(contexts)),
        ),
      ];

/** A clock that runs faster is for practice on this machine; real waits are never shortened. */
export const timeScaleIsLocal: Rule<Config> = ({ contexts }) =>
  Object.entries(contexts)
    .filter(([, { timeScale, instances }]) => timeScale !== 1 && !instances.every(isLoopback))
    .map(([name]) =>
      error(
        ["contexts", name, "sandbox"],
        "only a sandbox on this machine may scale time",
        "remove it, or use loopback instances",
      ),
    );
