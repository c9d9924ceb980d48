import type { ContextList, SystemList } from "../../domain/answers.ts";
import { csvLines } from "./csv.ts";

export function csvOfContextList({ contexts }: ContextList): Iterable<string> {
  const rows = contexts.map((row) => [
    row.name,
    row.current,
    row.system,
    row.instances.join(" "),
    row.prometheus,
    row.protected,
  ]);
  return csvLines(["name", "current", "system", "instances", "prometheus", "protected"], rows);
}

export function csvOfSystemList({ systems }: SystemList): Iterable<string> {
  const rows = systems.map((row) => [
    row.name,
    row.title,
    row.source,
    row.path,
    row.trusted,
    row.verbs.join(" "),
  ]);
  return csvLines(["name", "title", "source", "path", "trusted", "verbs"], rows);
}
