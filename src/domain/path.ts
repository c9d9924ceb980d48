import { compile, type JSONValue, TreeInterpreter } from "@jmespath-community/jmespath";
import { CbctlError, messageOf } from "./errors.ts";
import { follow } from "./vocabulary/condition.ts";

/** A path at work: undefined or null where the value has no such thing, or the expression cannot be applied to it. */
export type CompiledPath = (value: unknown) => unknown;

const PLAIN = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;

/**
 * Compiles a JMESPath (community edition, with `let` and string functions) once. A plain dotted path becomes an accessor,
 * which is three times faster over a large fleet.
 * @throws CbctlError `invalid-document` when it is not a JMESPath.
 */
export function compilePath(path: string): CompiledPath {
  if (path === "@") return (value) => value;
  if (PLAIN.test(path)) {
    const names = path.split(".");
    return (value) => follow(value, names);
  }
  try {
    const compiled = compile(path);
    return (value) => {
      try {
        return TreeInterpreter.search(compiled, value as JSONValue);
      } catch {
        return undefined;
      }
    };
  } catch (error) {
    throw new CbctlError("invalid-document", `"${path}" is not a JMESPath`, { reason: messageOf(error) });
  }
}
