import type { BreakerDescription } from "../../domain/answers.ts";
import { breakerName, type Counts } from "../../domain/breaker.ts";
import type { ViewOptions } from "../view.ts";
import { STATE_COLUMN, toldCells, toldColumns } from "./breaker-cells.ts";
import { capabilityRows } from "./capabilities.ts";
import { NOT_TOLD, type Row, untitled } from "./cell.ts";
import { drawFacts, drawSection } from "./facts.ts";
import { errorLines } from "./headline.ts";
import { JOURNAL_COLUMNS, journalRow } from "./journal-rows.ts";
import { retryText, roughDuration } from "./moments.ts";
import { instancesText, stateCell } from "./states.ts";
import { drawWhole } from "./table.ts";
import { thresholdName, thresholdText } from "./threshold-text.ts";

/** `describe`: one breaker in full. Nothing is cut, and what could not be read is said in every output. */
export function* viewBreakerDescription(
  described: BreakerDescription,
  options: ViewOptions,
): Iterable<string> {
  const { breaker, context, system, instances, actions } = described;
  const name = breakerName(breaker);
  yield `${options.paint.strong(name)} · ${context} · ${system}`;
  yield* drawFacts(factsOf(described, options), options);
  yield* errorLines(described.errors, options);
  const columns = [STATE_COLUMN, { title: "INSTANCE" }, ...toldColumns(options)];
  const rows = instances.map((row) => [stateCell(row.state), row.instance, ...toldCells(row, options)]);
  if (rows.length > 0) yield* drawSection("on each instance", drawWhole({ columns, rows }, options), options);
  yield* drawSection("thresholds", drawFacts(thresholdRows(described), options), options);
  yield* drawSection("what happens next", described.next, options);
  const able = capabilityRows(described.capabilities, { ...breaker, name, context });
  yield* drawSection("what can be done", drawWhole({ columns: untitled(3), rows: able }, options), options);
  const done = actions.map((entry): Row => journalRow(entry, options));
  if (done.length > 0) {
    const table = { columns: JOURNAL_COLUMNS, rows: done };
    yield* drawSection("last changes with cbctl", drawWhole(table, options), options);
  }
}

function factsOf({ breaker }: BreakerDescription, options: ViewOptions): Parameters<typeof drawFacts>[0] {
  const { since, retryAt, nativeState, counts } = breaker;
  const age = since === null ? "" : ` (${roughDuration(options.now - Date.parse(since))} ago)`;
  const wait = retryAt === null ? "" : ` (${retryText(retryAt, { ...options, terminal: true })})`;
  return [
    ["state", stateCell(breaker.state)],
    ["native state", nativeState],
    ["reason", breaker.reason],
    ["since", since === null ? null : `${since}${age}`],
    ["next try", retryAt === null ? null : `${retryAt}${wait}`],
    ["instances", instancesText(breaker.instances)],
    ["counts", countsText(counts)],
  ];
}

function countsText({ scope, ...counts }: Counts): string | null {
  const told = Object.entries(counts).filter(([, count]) => count !== null);
  if (told.length === 0) return null;
  const over = scope === null ? "" : ` (${scope})`;
  return `${told.map(([name, count]) => `${name} ${count}`).join(", ")}${over}`;
}

/** A threshold on which the instances differ shows each value; one that no instance told is not told. */
function thresholdRows({ breaker, instances }: BreakerDescription): [string, string][] {
  return Object.entries(breaker.thresholds).map(([name, value]) => {
    const held = new Set(instances.map(({ thresholds }) => thresholdText(name, thresholds[name] ?? null)));
    const differs = value === null && held.size > 1;
    const text = differs ? `not alike: ${[...held].join(", ")}` : thresholdText(name, value);
    return [thresholdName(name), `${text === NOT_TOLD ? "not told" : text}${inForceText(breaker, name)}`];
  });
}

function inForceText({ thresholds, inForce = {} }: BreakerDescription["breaker"], name: string): string {
  const value = inForce[name];
  return value === undefined || value === null || value === thresholds[name]
    ? ""
    : ` (in force: ${thresholdText(name, value)})`;
}
