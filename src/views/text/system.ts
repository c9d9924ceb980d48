import type { Capability, SystemDetails, SystemList, ThresholdRow } from "../../domain/answers.ts";
import {
  isThresholdName,
  jsonName,
  type ThresholdValue,
  thresholdOfJsonName,
} from "../../domain/threshold.ts";
import type { ViewOptions } from "../view.ts";
import { type Column, NOT_TOLD, type Row, untitled } from "./cell.ts";
import { drawFacts, drawSection } from "./facts.ts";
import { drawTable, drawWhole } from "./table.ts";
import { thresholdText } from "./threshold-text.ts";

const LIST_COLUMNS: readonly Column[] = [
  { title: "NAME", keep: true },
  { title: "TITLE" },
  { title: "FROM" },
  { title: "TRUSTED" },
  { title: "CHANGES" },
];

const THRESHOLD_COLUMNS: readonly Column[] = [
  { title: "NAME" },
  { title: "NATIVE" },
  { title: "UNIT" },
  { title: "LEAST", align: "right" },
  { title: "MOST", align: "right" },
  { title: "DEFAULT", align: "right" },
  { title: "NOTE" },
];

/** `system list`: the breaker systems that cbctl speaks with. */
export function* viewSystemList({ systems }: SystemList, options: ViewOptions): Iterable<string> {
  const columns = options.wide ? [...LIST_COLUMNS, { title: "PATH" }] : LIST_COLUMNS;
  const rows = systems.map(({ name, title, source, trusted, verbs, path }) => {
    const cells = [name, title, source, trusted ? "yes" : "no", verbs.join(" ") || "none"];
    return options.wide ? [...cells, path] : cells;
  });
  if (rows.length === 0) yield "no systems";
  else yield* drawTable({ columns, rows }, options);
}

/** `system show`: what one system can be asked and told, and in which units. */
export function* viewSystemDetails(system: SystemDetails, options: ViewOptions): Iterable<string> {
  yield `${options.paint.strong(system.name)} · ${system.title}`;
  if (system.description !== null) yield system.description;
  yield* drawFacts(
    [
      ["from", `${system.source} (${system.path})`],
      ["trusted", system.trusted ? "yes" : "no: it may read, and change nothing"],
      ["reads", system.reads],
    ],
    options,
  );
  const changes = { columns: untitled(2), rows: system.capabilities.map(capabilityRow) };
  yield* drawSection("changes", drawWhole(changes, options), options);
  if (system.thresholds.length > 0) {
    const thresholds = { columns: THRESHOLD_COLUMNS, rows: system.thresholds.map(thresholdRow) };
    yield* drawSection("thresholds", drawWhole(thresholds, options), options);
  }
  yield* drawSection("metrics", system.metrics, options);
}

function capabilityRow({ verb, reaches, instead }: Capability): Row {
  if (reaches.length > 0) return [verb, reaches.join(", ")];
  return [verb, `not by this system${instead === null ? "" : `: ${instead}`}`];
}

function thresholdRow({ name, native, unit, min, max, ...row }: ThresholdRow): Row {
  const known = thresholdOfJsonName(name) ?? name;
  const told = isThresholdName(known) ? jsonName(known) : name;
  const text = (value: ThresholdValue) => thresholdText(told, value);
  const note = row.readOnly ? "cannot be set" : row.writeOnly ? "can be set, is not shown" : "";
  return [known, native, unit ?? NOT_TOLD, text(min), text(max), text(row.default), note];
}
