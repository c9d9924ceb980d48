import type { LintReport, Problem } from "../../domain/answers.ts";
import type { ViewOptions } from "../view.ts";
import { counted } from "./facts.ts";

/** Problems as editors and build logs know them: `file:line:column: error: message`, and what to do below. */
export function* viewLintReport(
  { files, problems, errors, warnings }: LintReport,
  options: ViewOptions,
): Iterable<string> {
  for (const problem of problems) yield* problemLines(problem, options);
  const { paint } = options;
  const checked = counted(files.length, "file");
  if (problems.length === 0) yield paint.good(`✔ ${checked} checked, nothing found`);
  else yield `${checked} checked: ${counted(errors, "error")}, ${counted(warnings, "warning")}`;
}

function* problemLines(problem: Problem, { paint }: ViewOptions): Iterable<string> {
  const { file, line, column, field, severity, message, hint } = problem;
  const tone = severity === "error" ? paint.bad : paint.warn;
  const at = field === "" ? "" : `${field}: `;
  yield `${file}:${line}:${column}: ${tone(severity)}: ${at}${message}`;
  if (hint !== null) yield `  try: ${hint}`;
}
