import { API_VERSION, type BreakerDescription, type Capability } from "../domain/answers.ts";
import { type Breaker, breakerName } from "../domain/breaker.ts";
import type { Fleet } from "../domain/fleet.ts";
import type { JournalEntry } from "../domain/journal.ts";
import type { System } from "../domain/system.ts";
import { VERBS } from "../domain/vocabulary/change.ts";
import { formatDuration } from "../domain/vocabulary/duration.ts";
import type { ContextPort } from "./context-port.ts";

const LAST_ACTIONS = 5;

/** One breaker in full: every instance, what can be done, what happens next, and what was done with cbctl lately. */
export async function describeBreaker(
  context: ContextPort,
  fleet: Fleet,
  breaker: Breaker,
): Promise<BreakerDescription> {
  const name = breakerName(breaker);
  const readings = fleet.readings
    .flatMap(({ breakers }) => breakers ?? [])
    .filter((reading) => breakerName(reading) === name);
  const entries = await (await context.journal()).entries();
  return {
    apiVersion: API_VERSION,
    kind: "BreakerDescription",
    context: context.name,
    system: context.system.name,
    observedAt: fleet.observedAt,
    breaker,
    instances: readings.map(({ labels: _, ...reading }) => reading),
    next: whatHappensNext(breaker, fleet.observedAt),
    capabilities: capabilitiesOf(context.system),
    actions: lastActions(entries, name),
    errors: fleet.errors,
  };
}

/** What a system lets cbctl do, verb by verb; where it cannot, how it is done by hand. */
export function capabilitiesOf(system: System): Capability[] {
  return VERBS.map((verb) => ({
    verb,
    reaches: Object.keys(system.change[verb] ?? {}),
    instead: system.instead[verb] ?? null,
  }));
}

function lastActions(entries: readonly JournalEntry[], name: string): JournalEntry[] {
  return entries
    .filter(({ intent }) => intent.targets.some((target) => breakerName(target) === name))
    .slice(-LAST_ACTIONS)
    .reverse();
}

function whatHappensNext(breaker: Breaker, observedAt: string): string[] {
  const open = breaker.thresholds.openDurationMs;
  const probes = breaker.thresholds.successThreshold;
  const enough =
    typeof probes === "number" ? `${probes} good ${probes === 1 ? "call" : "calls"}` : "enough good calls";
  switch (breaker.state) {
    case "open": {
      if (breaker.retryAt !== null) {
        const ms = Math.max(0, Date.parse(breaker.retryAt) - Date.parse(observedAt));
        return [
          `it tries again by itself in ${formatDuration(Math.round(ms / 1_000) * 1_000)}, at ${breaker.retryAt}`,
        ];
      }
      return typeof open === "number"
        ? [
            `it tries again by itself ${formatDuration(open)} after it opened; when it opened, the system does not tell`,
          ]
        : ["it tries again by itself; when, the system does not tell"];
    }
    case "half_open":
      return [`it lets some calls through: ${enough} close it, a failing one opens it again`];
    case "forced_open":
      return [`nothing, until it is released: cbctl release ${breakerName(breaker)}`];
    case "disabled":
      return [`nothing, until it is enabled: cbctl enable ${breakerName(breaker)}`];
    case "unknown":
      return ["cannot tell: its state could not be read everywhere"];
    case "closed":
      return [];
    case "metrics_only":
      return ["it counts, and never opens"];
  }
}
