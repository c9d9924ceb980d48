import type { TrustReport } from "../../domain/answers.ts";
import type { ViewOptions } from "../view.ts";
import { drawFacts, drawSection } from "./facts.ts";

/** What a document could do if it were trusted: where it sends, what it runs, what it changes. */
export function* viewTrustReport(report: TrustReport, options: ViewOptions): Iterable<string> {
  const { paint } = options;
  yield* drawFacts(
    [
      ["file", report.file],
      ["digest", report.digest],
    ],
    options,
  );
  yield* drawSection("sends to", orNone(report.hosts, "the instances of its context only"), options);
  yield* drawSection("runs", orNone(report.programs, "no program"), options);
  yield* drawSection("changes", orNone(report.changes, "nothing"), options);
  yield "";
  yield report.trusted
    ? paint.good("✔ trusted")
    : paint.warn("! not trusted: it may be read with, and changes nothing");
}

function orNone(lines: readonly string[], none: string): readonly string[] {
  return lines.length === 0 ? [none] : lines;
}
