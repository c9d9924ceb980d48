import type { System } from "../../domain/system.ts";
import { nameError, type Rule } from "./rule.ts";

/** A change is sent to the instances that were read, and verified by reading them again: metrics come too late for that. */
export const changesAreReadBack: Rule<System> = ({ read, change }) =>
  read === null && Object.keys(change).length > 0
    ? [
        nameError(
          ["spec", "change"],
          "a change could not be read back",
          "declare spec.read, or leave it to instead:",
        ),
      ]
    : [];
