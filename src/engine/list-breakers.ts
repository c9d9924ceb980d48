import type { AlertRule } from "../domain/alert-rule.ts";
import {
  API_VERSION,
  type BreakerList,
  type GroupList,
  type GroupRow,
  type InstanceList,
  type InstanceRow,
} from "../domain/answers.ts";
import { type Breaker, type BreakerState, breakerName } from "../domain/breaker.ts";
import { EXIT, type ExitCode, worstExitCode } from "../domain/errors.ts";
import { type Fleet, summarise } from "../domain/fleet.ts";
import type { ContextPort } from "./context-port.ts";
import { exitCodeOfVerdicts, judgeRules } from "./judge-rules.ts";
import { assertSomeRead, readFleet } from "./read-fleet.ts";
import { readHealth } from "./read-health.ts";
import { selectBreakers } from "./select-breakers.ts";

/** What of a context is to be listed, and how. */
export interface Listing {
  readonly patterns: readonly string[];
  readonly groups: readonly string[];
  /** Empty: every state. Narrows what is shown, not what the rules judge. */
  readonly states: readonly BreakerState[];
  readonly by: "breaker" | "group" | "instance";
  readonly rules: readonly AlertRule[];
}

export interface Listed {
  readonly answer: BreakerList | GroupList | InstanceList;
  readonly exitCode: ExitCode;
  readonly fleet: Fleet;
}

/** Reads a context and lists its breakers, worst first. Read only in part, it is "cannot tell", whatever the rest says. */
export async function listBreakers(context: ContextPort, listing: Listing): Promise<Listed> {
  const [fleet, health] = await Promise.all([readFleet(context), readHealth(context)]);
  assertSomeRead(fleet);
  const { patterns, groups, states, by, rules } = listing;
  const wanted =
    patterns.length === 0 && groups.length === 0
      ? fleet.breakers
      : selectBreakers(fleet, { patterns, groups, all: patterns.length === 0 }).breakers;
  const shown = states.length === 0 ? wanted : wanted.filter(({ state }) => states.includes(state));
  const verdicts = judgeRules(rules, fleet, wanted, context.name);
  const head = { context: context.name, system: context.system.name, observedAt: fleet.observedAt };
  const tail = {
    summary: summarise(shown),
    errors: fleet.errors,
    ...(health !== undefined && { health }),
    ...(rules.length > 0 && { verdicts }),
  };
  const exitCode = worstExitCode([
    exitCodeOfVerdicts(verdicts),
    fleet.errors.length > 0 ? EXIT.cannotTell : EXIT.ok,
  ]);
  return { answer: answerBy(by, fleet, shown, head, tail), exitCode, fleet };
}

function answerBy(
  by: Listing["by"],
  fleet: Fleet,
  shown: readonly Breaker[],
  head: Pick<BreakerList, "context" | "system" | "observedAt">,
  tail: Pick<BreakerList, "summary" | "errors" | "health" | "verdicts">,
): Listed["answer"] {
  const apiVersion = API_VERSION;
  if (by === "group") return { apiVersion, kind: "GroupList", ...head, groups: groupRows(shown), ...tail };
  if (by === "instance")
    return { apiVersion, kind: "InstanceList", ...head, instances: instanceRows(fleet, shown), ...tail };
  return { apiVersion, kind: "BreakerList", ...head, breakers: shown, ...tail };
}

/** Breakers come worst first, so the first of a group is its worst. */
function groupRows(breakers: readonly Breaker[]): GroupRow[] {
  return [...new Set(breakers.map(({ group }) => group))].map((group) => {
    const members = breakers.filter((breaker) => breaker.group === group);
    return { group, state: (members[0] as Breaker).state, summary: summarise(members) };
  });
}

function instanceRows(fleet: Fleet, shown: readonly Breaker[]): InstanceRow[] {
  const names = new Map(shown.map((breaker, index) => [breakerName(breaker), index]));
  const place = (reading: { key: string; group: string | null }) => names.get(breakerName(reading)) ?? 0;
  return fleet.readings.map(({ instance, breakers, error }) => ({
    instance: instance.name,
    url: instance.url,
    breakers: (breakers ?? [])
      .filter((reading) => names.has(breakerName(reading)))
      .sort((a, b) => place(a) - place(b))
      .map(({ instance: _, labels: __, ...reading }) => reading),
    error,
  }));
}
