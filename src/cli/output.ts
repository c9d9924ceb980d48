import type { AnswerCommand, ExtraFormat, Options } from "../commands/command.ts";
import type { ChangePlan } from "../domain/change-plan.ts";
import type { Host } from "../host/host.ts";
import { loadBox } from "../views/text/box.ts";
import { viewError } from "../views/text/error.ts";
import { foldLine } from "../views/text/fold-line.ts";
import { loadPaint } from "../views/text/paint.ts";
import type { View, ViewOptions } from "../views/view.ts";
import { errorDocument } from "./report-error.ts";

export type Format = "table" | "wide" | "json" | "yaml" | ExtraFormat;

/** Lines are handed over in blocks, so that a long list neither waits in memory nor costs a write a line. */
const LINES_PER_WRITE = 500;

/** Prints one value in the wanted format: the same value, whatever the format. */
export async function printAnswer(
  answer: unknown,
  spec: AnswerCommand,
  format: Format,
  options: Options,
  host: Host,
): Promise<void> {
  if (format === "json") {
    await host.terminal.write(`${JSON.stringify(answer, null, 2)}\n`);
    return;
  }
  if (format === "yaml") {
    const { printYaml } = await import("../documents/print-yaml.ts");
    await host.terminal.write(printYaml(answer));
    return;
  }
  const load = spec.views[format === "wide" ? "table" : format] ?? spec.views.table;
  const view = (await load()) as View<unknown>;
  const shown = await viewOptions(host, options, format, host.terminal.stdoutIsTerminal);
  await printLines(foldedFor(shown, view(answer, shown)), host);
}

/** Shows what a change is about to do, on stderr: it is not yet the answer. */
export async function printPlan(plan: ChangePlan, options: Options, host: Host): Promise<void> {
  const { viewChangePlan } = await import("../views/text/change-plan.ts");
  const shown = await viewOptions(host, options, "table", host.terminal.stderrIsTerminal);
  for (const line of foldedFor(shown, viewChangePlan(plan, shown))) host.terminal.note(`${line}\n`);
}

/** Says on stderr what failed; with `-o json` on stdout, too, for the program that reads it. */
export async function printError(
  error: unknown,
  options: Options,
  format: Format,
  host: Host,
): Promise<void> {
  const shown = await viewOptions(host, options, "table", host.terminal.stderrIsTerminal);
  const failure = errorDocument(error);
  for (const line of foldedFor(shown, viewError(failure, shown.paint))) host.terminal.note(`${line}\n`);
  const isBug = failure.error.code === "internal" && error instanceof Error;
  if (isBug && options.flag("verbose")) host.terminal.note(`${error.stack}\n`);
  if (format === "json") await host.terminal.write(`${JSON.stringify(failure, null, 2)}\n`);
}

/** A person's terminal breaks lines between words; what a program reads, or is asked for wide, is left whole. */
function* foldedFor({ terminal, columns, wide }: ViewOptions, lines: Iterable<string>): Iterable<string> {
  for (const line of lines) {
    if (terminal && !wide) yield* foldLine(line, columns);
    else yield line;
  }
}

async function printLines(lines: Iterable<string>, host: Host): Promise<void> {
  let block: string[] = [];
  for (const line of lines) {
    block.push(line);
    if (block.length < LINES_PER_WRITE) continue;
    if (!(await host.terminal.write(`${block.join("\n")}\n`))) return;
    block = [];
  }
  if (block.length > 0) await host.terminal.write(`${block.join("\n")}\n`);
}

async function viewOptions(
  host: Host,
  options: Options,
  format: Format,
  terminal: boolean,
): Promise<ViewOptions> {
  const { columns, rows } = host.terminal;
  return {
    terminal,
    columns,
    rows,
    wide: format === "wide",
    now: host.clock.now(),
    paint: await loadPaint(colorWanted(host, options, terminal)),
    drawBox: await loadBox(terminal),
  };
}

/** NO_COLOR, FORCE_COLOR and --no-color as their users expect: the flag first, then NO_COLOR, then FORCE_COLOR. */
export function colorWanted(host: Pick<Host, "env">, options: Options, isTerminal: boolean): boolean {
  if (options.off("color")) return false;
  if (host.env["NO_COLOR"]) return false;
  const forced = host.env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "0" && forced !== "false") return true;
  return isTerminal && host.env["TERM"] !== "dumb" && forced === undefined;
}
