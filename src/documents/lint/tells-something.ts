import type { System } from "../../domain/system.ts";
import { nameError, type Rule } from "./rule.ts";

/** A system is read by its API or by its metrics. */
export const tellsSomething: Rule<System> = ({ read, metrics }) =>
  read === null && metrics?.state === undefined
    ? [nameError(["spec"], "no state can be read", "declare spec.read or spec.metrics.state")]
    : [];
