import type { SystemRow } from "../../domain/answers.ts";
import { VERBS } from "../../domain/vocabulary/change.ts";
import type { KnownSystem } from "../../workspace/systems.ts";

export function systemRow({ system, source, path, trusted }: KnownSystem): SystemRow {
  const verbs = VERBS.filter((verb) => system.change[verb] !== undefined);
  return { name: system.name, title: system.title, source, path, trusted, verbs };
}
