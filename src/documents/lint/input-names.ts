import type { System } from "../../domain/system.ts";
import { nameError, type Rule } from "./rule.ts";

/** An input fills holes of its own: its name is no other thing's. */
export const inputNames: Rule<System> = ({ inputs, read }) => {
  const taken = ["key", "group", "settings", ...Object.keys(read?.labels ?? {})];
  return Object.keys(inputs).flatMap((name) => {
    const path = ["spec", "inputs", name];
    if (!/^[A-Za-z]\w*$/.test(name)) return [nameError(path, "must be a word of letters, digits and _")];
    return taken.includes(name) ? [nameError(path, `\${${name}} is filled by the breaker`)] : [];
  });
};
