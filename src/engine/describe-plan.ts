import { breakerName } from "../domain/breaker.ts";
import type { ChangePlan } from "../domain/change-plan.ts";
import type { Fleet } from "../domain/fleet.ts";
import { formatDuration } from "../domain/vocabulary/duration.ts";
import type { ChangeRequest } from "./change-request.ts";
import type { ContextPort } from "./context-port.ts";
import { largestShare } from "./guards/large-change.ts";
import type { PlannedChange } from "./plan-change.ts";
import type { Selected } from "./select-breakers.ts";

/** A planned change as it is shown before consent: its reach, its differences, and what would happen by itself. */
export function describePlan(
  context: ContextPort,
  request: ChangeRequest,
  planned: PlannedChange,
): ChangePlan {
  const { fleet, selected } = request;
  const { note, holds } = planned.change;
  return {
    action: request.action,
    context: context.name,
    system: context.system.name,
    protected: context.isProtected,
    reach: planned.reach,
    reason: request.reason,
    targets: planned.targets,
    selected: selected.breakers.length,
    of: fleet.breakers.length,
    largest: largestShare(fleet, selected),
    byItself:
      request.verb === "reset" ? selected.breakers.flatMap((breaker) => tryAgain(breaker, fleet)) : [],
    notes: [...(note ? [note] : []), ...(holds ? [`the state holds ${holds.replaceAll("-", " ")}`] : [])],
    requests: planned.requests.flatMap(({ calls, instance }) =>
      calls.map((call) => context.calls.show(call, instance)),
    ),
  };
}

function tryAgain(breaker: Selected["breakers"][number], fleet: Fleet): string[] {
  const name = breakerName(breaker);
  if (breaker.retryAt !== null) {
    const left = Math.max(
      0,
      Math.round((Date.parse(breaker.retryAt) - Date.parse(fleet.observedAt)) / 1_000),
    );
    return [`${name} tries again by itself in ${formatDuration(left * 1_000)}`];
  }
  const open = breaker.thresholds.openDurationMs;
  if (breaker.state !== "open" || typeof open !== "number") return [];
  return [`${name} tries again by itself ${formatDuration(open)} after it opened`];
}
