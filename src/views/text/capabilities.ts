import type { Capability } from "../../domain/answers.ts";
import { AD_HOC } from "../../domain/config.ts";
import type { ThresholdValues } from "../../domain/threshold.ts";
import type { Verb } from "../../domain/vocabulary/change.ts";
import type { Row } from "./cell.ts";
import { commandLine } from "./command-line.ts";
import { thresholdName, thresholdText } from "./threshold-text.ts";

interface Subject {
  readonly name: string;
  readonly group: string | null;
  readonly context: string;
  readonly thresholds: ThresholdValues;
}

/** What can be done with a breaker: the command line to paste, and how far it goes; or how to do it by hand. */
export function capabilityRows(capabilities: readonly Capability[], subject: Subject): Row[] {
  return capabilities.map(({ verb, reaches, instead }) => {
    if (reaches.length === 0) return [verb, `not by this system${instead === null ? "" : `: ${instead}`}`];
    const { operand, reach } = targetOf(reaches, subject);
    return [verb, lineOf(verb, operand, subject), reach];
  });
}

/** What stands after the verb; a null operand means all breakers, so that no breaker of that name is taken for the option. */
function targetOf(
  reaches: readonly string[],
  { name, group }: Subject,
): { operand: string | null; reach: string } {
  if (reaches.includes("breaker")) return { operand: name, reach: "" };
  if (reaches.includes("group") && group !== null)
    return { operand: `${group}/*`, reach: `all of group ${group}` };
  const [only = "all"] = reaches;
  return only === "all"
    ? { operand: null, reach: "all breakers of the context" }
    : { operand: name, reach: `with all that share its ${only}` };
}

function lineOf(verb: Verb, operand: string | null, { context, thresholds }: Subject): string {
  // A context made of flags alone has no name that `--context` would know.
  const inContext = context === AD_HOC ? [] : ["--context", context];
  const setting = verb === "patch" ? [settingOf(thresholds)] : [];
  return operand === null
    ? commandLine(["cbctl", verb, ...inContext, "--all"], setting)
    : commandLine(["cbctl", verb, ...inContext], [operand, ...setting]);
}

/** A setting that can be pasted as it is and then edited: the one that holds now. */
function settingOf(thresholds: ThresholdValues): string {
  const [name, value] = Object.entries(thresholds).find(([, held]) => typeof held === "number") ?? [];
  return name === undefined || value === undefined
    ? "FIELD=VALUE"
    : `${thresholdName(name)}=${thresholdText(name, value)}`;
}
