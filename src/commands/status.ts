import {
  API_VERSION,
  type BreakerList,
  type BreakerLists,
  type ContextError,
  type GroupList,
  type InstanceList,
} from "../domain/answers.ts";
import { BREAKER_STATES, type BreakerState } from "../domain/breaker.ts";
import { CbctlError, EXIT, worstExitCode } from "../domain/errors.ts";
import type { System } from "../domain/system.ts";
import type { ContextPort } from "../engine/context-port.ts";
import { type Listed, listBreakers } from "../engine/list-breakers.ts";
import { defineCommand, type Invocation, type Result } from "./command.ts";

export const status = defineCommand<BreakerList | GroupList | InstanceList | BreakerLists>({
  arguments: [{ name: "key", description: "a key, group/key, or a pattern with *", variadic: true }],
  options: [
    {
      flags: "--state <state>",
      description: "only breakers in this state",
      choices: [...BREAKER_STATES],
      repeatable: true,
    },
    { flags: "--group <name>", description: "only breakers of this group", repeatable: true },
    { flags: "--by <what>", description: "one row for each", choices: ["instance", "group"] },
    {
      flags: "--fail-on <rule>",
      description: "end with 3 when this alert rule fires, such as any-open",
      repeatable: true,
    },
    { flags: "-A, --all-contexts", description: "every context of the config" },
  ],
  examples: [
    "cbctl status",
    "cbctl status --group deepseek --state open",
    "cbctl status --fail-on majority-open -o junit",
  ],
  description:
    "Alert rules for --fail-on: any-open, majority-open, all-open (per group), half-open, unknown, not-closed, and your own.",
  answers: ["BreakerList", "GroupList", "InstanceList", "BreakerLists"],
  views: {
    table: async () => (await import("../views/text/status.ts")).statusTable,
    name: async () => (await import("../views/text/status.ts")).statusNames,
    csv: async () => (await import("../views/text/status.ts")).statusCsv,
    junit: async () => (await import("../views/ci/junit.ts")).viewJunit,
    github: async () => (await import("../views/ci/github.ts")).viewGithub,
  },
  async run(invocation) {
    if (invocation.options.flag("allContexts")) return statusOfAll(invocation);
    const { answer, exitCode } = await statusOf(invocation, await invocation.context());
    return { answer, exitCode };
  },
});

async function statusOf(invocation: Invocation, context: ContextPort): Promise<Listed> {
  const { options, args } = invocation;
  const listed = await listBreakers(context, {
    patterns: args,
    groups: options.list("group"),
    states: options.list("state") as BreakerState[],
    by: (options.text("by") ?? "breaker") as "breaker" | "group" | "instance",
    rules: await invocation.workspace.alertRules(options.list("failOn")),
  });
  noteWhatIsMissing(invocation, context, listed);
  return listed;
}

/** A table at a terminal says so itself, but for why metrics tell nothing. */
function noteWhatIsMissing(
  { note, isShown }: Invocation,
  { name, system }: ContextPort,
  { fleet }: Listed,
): void {
  for (const { instance, message } of isShown ? [] : fleet.errors) {
    note(`cbctl: ${name}: ${instance} could not be read: ${message}`);
  }
  const isSaid = isShown && system.read !== null;
  if (fleet.breakers.length === 0 && !isSaid) note(`${name}: ${nothingRead(system)}`);
}

function nothingRead({ read }: System): string {
  return read === null
    ? "Prometheus has no series that tell of a breaker, which says nothing of their states (see match: in the context, and whether the system is scraped)"
    : "no breakers registered yet (some systems know none until traffic has come)";
}

async function statusOfAll(invocation: Invocation): Promise<Result<BreakerLists>> {
  if (invocation.options.text("by") !== null) {
    throw new CbctlError("usage", "--by and --all-contexts exclude each other", {
      hint: "give --context and --by",
    });
  }
  const { config } = await invocation.workspace.config();
  const names = Object.keys(config.contexts);
  if (names.length === 0) {
    throw new CbctlError("usage", "no context is known", {
      hint: "cbctl context add NAME --system S --admin-url URL",
    });
  }
  const told = await Promise.all(names.map((name) => listOrError(invocation, name)));
  const items = told.flatMap((each) => ("answer" in each ? [each.answer as BreakerList] : []));
  const errors = told.flatMap((each) => ("answer" in each ? [] : [each]));
  if (!invocation.isShown)
    for (const { context, message } of errors) invocation.note(`cbctl: ${context}: ${message}`);
  const codes = told.map((each) => ("answer" in each ? each.exitCode : EXIT.cannotTell));
  return {
    answer: { apiVersion: API_VERSION, kind: "BreakerLists", items, errors },
    exitCode: worstExitCode(codes),
  };
}

async function listOrError(invocation: Invocation, name: string): Promise<Listed | ContextError> {
  try {
    return await statusOf(invocation, await invocation.contextNamed(name));
  } catch (error) {
    if (!(error instanceof CbctlError) || invocation.signal.aborted) throw error;
    return { context: name, code: error.code, message: error.message };
  }
}
