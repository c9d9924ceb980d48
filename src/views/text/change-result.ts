import type { ChangeAnswer } from "../../domain/answers.ts";
import { breakerName } from "../../domain/breaker.ts";
import type { ChangeResult, InstanceResult } from "../../domain/change-result.ts";
import type { ViewOptions } from "../view.ts";
import { type Row, untitled } from "./cell.ts";
import { changedText, withMessage } from "./change-facts.ts";
import { drawSection } from "./facts.ts";
import { appliedText, outcomeCell } from "./outcomes.ts";
import { drawWhole } from "./table.ts";

/** What a change did, a line for each breaker at each instance, and how much of it holds. Nothing is ever cut. */
export function* viewChangeResult(result: ChangeAnswer, options: ViewOptions): Iterable<string> {
  if (options.terminal) yield headOf(result, options);
  if (result.results.length === 0) yield "nothing to change";
  yield* drawResults(result.results, options);
  yield totalOf(result, options);
  yield* drawSection("requests", result.requests ?? [], options);
}

/** Results alone, for an answer that holds more than one change. */
export function drawResults(results: readonly InstanceResult[], options: ViewOptions): Iterable<string> {
  const rows = results.map((result): Row => {
    const { outcome, instance, before, after, message } = result;
    return [
      outcomeCell(outcome),
      breakerName(result),
      instance,
      withMessage(changedText(before, after), message),
    ];
  });
  return drawWhole({ columns: untitled(4), rows }, options);
}

function headOf({ action, context, system, dryRun }: ChangeResult, { paint }: ViewOptions): string {
  const kind = dryRun ? " · dry run, nothing was sent" : "";
  return `${paint.strong(action)} · ${paint.strong(context)} · ${system}${kind}`;
}

function totalOf(result: ChangeResult, { paint }: ViewOptions): string {
  const { applied, total, dryRun, journalId, results } = result;
  if (dryRun) {
    const planned = results.filter(({ outcome }) => outcome === "planned").length;
    return `planned ${planned}/${total}, nothing was sent`;
  }
  const tone = applied === total ? paint.good : paint.bad;
  const journal = journalId === null ? "" : `  journal ${journalId}`;
  return `${tone(appliedText(result))}${journal}`;
}
