import type { System } from "../../domain/system.ts";
import { error, type Rule } from "./rule.ts";

/** An empty map counts as false in JMESPath: `states || @` would take the wrapper's own fields for breakers. */
export const emptyMapFallback: Rule<System> = ({ read }) =>
  read?.items !== undefined && /\|\|\s*@/.test(read.items)
    ? [error(["spec", "read", "items"], "|| @ falls back when the map is empty, too", "write not_null(…, @)")]
    : [];
