import { type Breaker, breakerName, type Counts } from "../../domain/breaker.ts";
import { isMixed } from "../../domain/fleet.ts";
import type { ViewOptions } from "../view.ts";
import { type Cell, type Column, NOT_TOLD, type Row, toned } from "./cell.ts";
import { retryText, sinceText } from "./moments.ts";
import { instancesText, stateCell } from "./states.ts";
import { settingsText } from "./threshold-text.ts";

/** What is told of a breaker, be it over all instances or at one. */
type Told = Pick<Breaker, "state" | "nativeState" | "reason" | "since" | "retryAt" | "counts" | "thresholds">;

const TOLD_COLUMNS: readonly Column[] = [
  { title: "SINCE", align: "right", keep: true },
  { title: "NEXT", align: "right", keep: true },
  { title: "FAILURES/CALLS", align: "right", keep: true },
  { title: "REASON" },
];

const WIDE_COLUMNS: readonly Column[] = [
  { title: "NATIVE" },
  { title: "SUCCESSES", align: "right", keep: true },
  { title: "REJECTED", align: "right", keep: true },
  { title: "OVER" },
  { title: "THRESHOLDS" },
];

export const STATE_COLUMN: Column = { title: "STATE", keep: true };

/** The columns that every list of breakers ends with. */
export function toldColumns({ wide }: ViewOptions): readonly Column[] {
  return wide ? [...TOLD_COLUMNS, ...WIDE_COLUMNS] : TOLD_COLUMNS;
}

/** The cells below `toldColumns`. */
export function toldCells({ reason, since, retryAt, counts, ...told }: Told, options: ViewOptions): Row {
  const cells = [
    sinceText(since, options),
    retryText(retryAt, options),
    failuresText(counts),
    reason ?? NOT_TOLD,
  ];
  if (!options.wide) return cells;
  const native = told.nativeState ?? NOT_TOLD;
  const { successes, rejected, scope } = counts;
  return [
    ...cells,
    native,
    number(successes),
    number(rejected),
    scope ?? NOT_TOLD,
    settingsText(told.thresholds),
  ];
}

export const BREAKER_COLUMNS: readonly Column[] = [
  STATE_COLUMN,
  { title: "BREAKER", keep: true },
  { title: "INSTANCES" },
];

/** The cells below `BREAKER_COLUMNS`: state, name, and how its instances stand. */
export function breakerCells(breaker: Breaker): Row {
  const instances: Cell = isMixed(breaker)
    ? toned(instancesText(breaker.instances), "warn")
    : instancesText(breaker.instances);
  return [stateCell(breaker.state), breakerName(breaker), instances];
}

/** Failures of calls: `3/20`, `3/-` where calls are not counted. */
export function failuresText({ failures, calls }: Counts): string {
  return failures === null && calls === null ? NOT_TOLD : `${number(failures)}/${number(calls)}`;
}

function number(value: number | null): string {
  return value === null ? NOT_TOLD : String(value);
}
