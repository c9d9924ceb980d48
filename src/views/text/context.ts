import type { ContextDetails, ContextList } from "../../domain/answers.ts";
import type { ViewOptions } from "../view.ts";
import { type Column, NOT_TOLD } from "./cell.ts";
import { drawFacts } from "./facts.ts";
import { drawTable } from "./table.ts";

const COLUMNS: readonly Column[] = [
  { title: "CURRENT" },
  { title: "NAME", keep: true },
  { title: "SYSTEM", keep: true },
  { title: "INSTANCES" },
  { title: "PROMETHEUS" },
  { title: "PROTECTED" },
];

/** `context list`: where breakers run, and which place is meant when none is named. */
export function* viewContextList({ contexts, file }: ContextList, options: ViewOptions): Iterable<string> {
  if (contexts.length === 0) {
    yield `no contexts${file === null ? "" : ` in ${file}`}`;
    return;
  }
  const rows = contexts.map((context) => [
    context.current ? "*" : NOT_TOLD,
    context.name,
    context.system,
    context.instances.join(", ") || NOT_TOLD,
    context.prometheus ?? NOT_TOLD,
    context.protected ? "yes" : "no",
  ]);
  yield* drawTable({ columns: COLUMNS, rows }, options);
}

/** `context show`: one context in full, secrets by their source only. */
export function viewContextDetails(context: ContextDetails, options: ViewOptions): Iterable<string> {
  const inputs = Object.entries(context.inputs).map(([name, value]) => `${name}=${value}`);
  return drawFacts(
    [
      ["name", `${context.name}${context.current ? " (current)" : ""}`],
      ["file", context.file],
      ["system", context.system],
      ...context.instances.map((url) => ["instance", url] as const),
      ["inputs", inputs.join(" ") || null],
      ["credentials", context.auth],
      ["prometheus", context.prometheus],
      ["alertmanager", context.alertmanager],
      ["upstreams", context.upstreams.join(", ") || null],
      ["store", context.store],
      ["protected", context.protected ? "yes: a change wants --reason and the context's name" : "no"],
    ],
    options,
  );
}
