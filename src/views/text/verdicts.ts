import type { Verdict } from "../../domain/answers.ts";
import type { Truth } from "../../domain/vocabulary/condition.ts";
import type { ViewOptions } from "../view.ts";
import { type Cell, toned, untitled } from "./cell.ts";
import { drawWhole } from "./table.ts";

/** How alert rules stand, each with its evidence: what fires first, then what cannot be told. */
export function viewVerdicts(verdicts: readonly Verdict[], options: ViewOptions): Iterable<string> {
  const sorted = [...verdicts].sort((a, b) => rank(a.firing) - rank(b.firing));
  const rows = sorted.map(({ rule, severity, subject, firing, because }) => [
    firingCell(firing),
    rule,
    subject,
    severity,
    because,
  ]);
  return drawWhole({ columns: untitled(5), rows }, options);
}

/** Below a list: what fires or cannot be told; one line when all is quiet. */
export function* viewVerdictSummary(verdicts: readonly Verdict[], options: ViewOptions): Iterable<string> {
  const worth = verdicts.filter(({ firing }) => firing !== false);
  yield "";
  if (worth.length > 0) yield* viewVerdicts(worth, options);
  else yield quietLine(verdicts, options);
}

function quietLine(verdicts: readonly Verdict[], { paint }: ViewOptions): string {
  const rules = [...new Set(verdicts.map(({ rule }) => rule))];
  return rules.length === 0
    ? paint.warn("? no alert rule had anything to judge")
    : paint.good(`✔ quiet: ${rules.join(", ")}`);
}

function firingCell(firing: Truth): Cell {
  if (firing === null) return toned("? cannot tell", "warn");
  return firing ? toned("✖ firing", "bad") : toned("✔ quiet", "good");
}

function rank(firing: Truth): number {
  return firing === null ? 1 : firing ? 0 : 2;
}
