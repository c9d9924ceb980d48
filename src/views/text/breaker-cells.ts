import { type Breaker, breakerName, type Counts } from "../../domain/breaker.ts";
import { isMixed } from "../../domain/fleet.ts";
import type { ViewOptions } from "../view.ts";
import { type Column, NOT_TOLD, type Row, toned } from "./cell.ts";
import { retryText, sinceText } from "./moments.ts";
import { instancesText, stateCell } from "./states.ts";
import { settingsText } from "./threshold-text.ts";

/** What is told of a breaker, be it over all instances or at one. */
type Told = Pick<Breaker, "state" | "nativeState" | "reason" | "since" | "retryAt" | "counts" | "thresholds">;

const TOLD_COLUMNS: readonly Column[] = [
  { title: "SINCE", keep: true },
  { title: "NEXT", keep: true },
  { title: "FAILURES", align: "right", keep: true },
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

/** State and name, and how the instances stand where there is more than one. */
export function breakerColumns(isReplicated: boolean): readonly Column[] {
  const columns: Column[] = [STATE_COLUMN, { title: "BREAKER", keep: true }];
  return isReplicated ? [...columns, { title: "INSTANCES" }] : columns;
}

/** The cells below `breakerColumns`. */
export function breakerCells(breaker: Breaker, isReplicated: boolean): Row {
  const cells = [stateCell(breaker.state), breakerName(breaker)];
  if (!isReplicated) return cells;
  const instances = instancesText(breaker.instances);
  return [...cells, isMixed(breaker) ? toned(instances, "warn") : instances];
}

/** Failures of calls: `3/20`, `3/-` where calls are not counted. */
function failuresText({ failures, calls }: Counts): string {
  return failures === null && calls === null ? NOT_TOLD : `${number(failures)}/${number(calls)}`;
}

function number(value: number | null): string {
  return value === null ? NOT_TOLD : String(value);
}
