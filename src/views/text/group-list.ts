import type { GroupList } from "../../domain/answers.ts";
import type { ViewOptions } from "../view.ts";
import { STATE_COLUMN } from "./breaker-cells.ts";
import { nothingListed } from "./breaker-list.ts";
import { type Column, NOT_TOLD } from "./cell.ts";
import { errorLines, headline } from "./headline.ts";
import { countedStates, stateCell } from "./states.ts";
import { drawTable } from "./table.ts";
import { viewVerdictSummary } from "./verdicts.ts";

const COLUMNS: readonly Column[] = [
  STATE_COLUMN,
  { title: "GROUP", keep: true },
  { title: "BREAKERS", align: "right" },
  { title: "STATES" },
  { title: "MIXED", align: "right" },
];

/** `status --by group`: the groups of a context, each by its worst breaker. */
export function* viewGroupList(list: GroupList, options: ViewOptions): Iterable<string> {
  const { groups, errors, verdicts = [] } = list;
  const rows = groups.map(({ state, group, summary }) => [
    stateCell(state),
    group ?? NOT_TOLD,
    String(summary.total),
    countedStates(summary)
      .map(({ text }) => text)
      .join(", "),
    String(summary.mixed),
  ]);
  if (options.terminal) yield headline(list, options);
  if (rows.length > 0)
    yield* drawTable({ columns: COLUMNS, rows }, options, 1 + errors.length + verdicts.length);
  else if (options.terminal) yield nothingListed(list);
  if (list.verdicts !== undefined) yield* viewVerdictSummary(list.verdicts, options);
  if (options.terminal) yield* errorLines(errors, options);
}
