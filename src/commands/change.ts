import { API_VERSION, type ChangeAnswer } from "../domain/answers.ts";
import { CbctlError, EXIT } from "../domain/errors.ts";
import type { Verb } from "../domain/vocabulary/change.ts";
import { applyChange } from "../engine/apply-change.ts";
import type { ChangeRequest } from "../engine/change-request.ts";
import { exitCodeOf } from "../engine/conclude-change.ts";
import type { ContextPort } from "../engine/context-port.ts";
import { assertPossible } from "../engine/prepare-change.ts";
import { assertSomeRead, readFleet } from "../engine/read-fleet.ts";
import { selectBreakers } from "../engine/select-breakers.ts";
import { type CommandSpec, defineCommand, type Invocation, type OptionSpec, type Result } from "./command.ts";

export const SELECTION_OPTIONS: readonly OptionSpec[] = [
  { flags: "--all", description: "every breaker of the context, or of --group" },
  { flags: "--group <name>", description: "only breakers of this group", repeatable: true },
];

export const CHANGE_VIEWS = {
  table: async () => (await import("../views/text/change-result.ts")).viewChangeResult,
  name: async () => (await import("../views/text/names.ts")).changedNames,
  csv: async () => (await import("../views/text/change-csv.ts")).csvOfChangeResult,
};

/** A command that carries out one verb on selected breakers. */
export function changeCommand(verb: Verb, examples: readonly string[]): CommandSpec<ChangeAnswer> {
  return defineCommand<ChangeAnswer>({
    arguments: [{ name: "key", description: "a key, group/key, or a pattern with *", variadic: true }],
    options: SELECTION_OPTIONS,
    examples,
    changes: true,
    answers: ["ChangeResult"],
    views: CHANGE_VIEWS,
    async run(invocation) {
      const context = await invocation.context();
      assertPossible(context.system, verb);
      const request = await selectForChange(invocation, context, invocation.args);
      return carryOut(invocation, context, {
        ...request,
        action: verb,
        verb,
        settingsOf: () => [],
        undoes: null,
      });
    },
  });
}

/** Reads the fleet and selects what a change is about. @throws CbctlError `usage` when nothing is named. */
export async function selectForChange(
  { options }: Invocation,
  context: ContextPort,
  patterns: readonly string[],
): Promise<Pick<ChangeRequest, "fleet" | "selected">> {
  const all = options.flag("all");
  const groups = options.list("group");
  if (patterns.length === 0 && !all && groups.length === 0) {
    throw new CbctlError("usage", "no breaker is named", {
      hint: "name a key, or --all; cbctl status lists them",
    });
  }
  if (patterns.length > 0 && all) throw new CbctlError("usage", "a key and --all exclude each other");
  const fleet = await readFleet(context);
  assertSomeRead(fleet);
  return { fleet, selected: selectBreakers(fleet, { patterns, all: all || patterns.length === 0, groups }) };
}

/** Carries a change out and says how the command ends; after a signal that is 8, where something was sent. */
export async function carryOut(
  invocation: Invocation,
  context: ContextPort,
  request: Omit<ChangeRequest, "dryRun" | "reason" | "incident" | "holdMs">,
): Promise<Result<ChangeAnswer>> {
  const { options, dryRun, reason, incident, operator, signal } = invocation;
  const holdMs = options.duration("hold") ?? 0;
  const result = await applyChange(context, { ...request, dryRun, reason, incident, holdMs }, operator);
  const answer: ChangeAnswer = { apiVersion: API_VERSION, kind: "ChangeResult", ...result };
  const wasCutOff = signal.aborted && result.journalId !== null;
  return { answer, exitCode: wasCutOff ? EXIT.partial : exitCodeOf(result) };
}
