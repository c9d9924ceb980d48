import { CbctlError } from "../../domain/errors.ts";
import { compilePath } from "../../domain/path.ts";
import type { Field, System } from "../../domain/system.ts";
import type { Finding } from "../check.ts";
import type { Path } from "../load.ts";
import { error, type Rule } from "./rule.ts";

/** Every JMESPath of the document compiles. */
export const pathsCompile: Rule<System> = ({ read, thresholds, answers, health }) => {
  const { call: _, items, countsScope, counts, labels, ...fields } = read ?? {};
  const at = (name: string, among: Readonly<Record<string, Field | undefined>> | undefined, path: Path) =>
    Object.entries(among ?? {}).flatMap(([field, one]) =>
      uncompiled(one?.at, [...path, ...(name ? [name] : []), field, "at"]),
    );
  const spec = ["spec", "read"];
  return [
    ...uncompiled(items, [...spec, "items"]),
    ...at("", fields, spec),
    ...at("counts", counts, spec),
    ...at("labels", labels, spec),
    ...uncompiled(thresholds.in, ["spec", "thresholds", "in"]),
    ...Object.entries(thresholds.known).flatMap(([name, { as, inForce }]) => [
      ...uncompiled(as, ["spec", "thresholds", name, "as"]),
      ...uncompiled(inForce, ["spec", "thresholds", name, "inForce"]),
    ]),
    ...uncompiled(health?.ready, ["spec", "health", "ready"]),
    ...uncompiled(health?.degraded, ["spec", "health", "degraded"]),
    ...answers.flatMap(({ message }, index) => uncompiled(message, ["spec", "answers", index, "message"])),
  ];
};

function uncompiled(path: string | undefined, place: Path): Finding[] {
  if (path === undefined) return [];
  try {
    compilePath(path);
    return [];
  } catch (failure) {
    if (!(failure instanceof CbctlError)) throw failure;
    return [error(place, `${failure.message}${failure.reason === null ? "" : `: ${failure.reason}`}`)];
  }
}
