import type { Setting } from "../dialect/settings.ts";
import { type BreakerReading, placeOf } from "../domain/breaker.ts";
import type { PlannedTarget } from "../domain/change-plan.ts";
import type { ChangeResult, InstanceResult, Outcome } from "../domain/change-result.ts";
import { EXIT, type ExitCode, worstExitCode } from "../domain/errors.ts";
import { factsOf } from "./plan-change.ts";
import type { Delivery } from "./send-change.ts";
import type { Verification } from "./verify-change.ts";

/** Joins what was planned, what was sent and what was seen afterwards into one result for each breaker at each instance. */
export function concludeChange(
  targets: readonly PlannedTarget[],
  deliveries: readonly Delivery[],
  seen: ReadonlyMap<string, Verification>,
  settingsOf: (reading: BreakerReading) => readonly Setting[],
): InstanceResult[] {
  const byPlace = new Map<string, Delivery>();
  for (const delivery of deliveries) {
    for (const reading of delivery.request.touches) byPlace.set(placeOf(reading), delivery);
  }
  return targets.map((target) => {
    const { key, group, instance, before } = target;
    const delivery = byPlace.get(placeOf(target));
    const verification = seen.get(placeOf(target));
    const last = verification?.last ?? null;
    const after = last ? factsOf(last, settingsOf(last)) : null;
    if (target.outcome !== "planned" || !delivery)
      return { key, group, instance, before, after: after ?? before, ...notSent(target) };
    return { key, group, instance, before, after, ...concluded(delivery, verification) };
  });
}

function notSent({ outcome, message }: PlannedTarget): { outcome: Outcome; message: string | null } {
  if (outcome === "unknown")
    return { outcome: "failed", message: `nothing was sent: ${message ?? "it could not be read"}` };
  if (outcome === "planned") return { outcome: "failed", message: "nothing was sent" };
  return { outcome, message };
}

function concluded(
  delivery: Delivery,
  seen: Verification | undefined,
): { outcome: Outcome; message: string | null } {
  const { outcome, message } = delivery;
  if (outcome === "unsupported") return { outcome: "unsupported", message };
  if (outcome === "not-sent")
    return { outcome: "failed", message: `nothing was sent: ${message ?? "interrupted"}` };
  if (seen?.holds && outcome === "answered") return { outcome: "applied", message: null };
  if (seen?.holds)
    return {
      outcome: "applied",
      message: `${message ?? "no good answer"}, but reading back shows the change`,
    };
  const observed = seen?.message ?? "it was not read back";
  if (outcome === "failed") return { outcome: "failed", message };
  if (outcome === "lost")
    return { outcome: "unknown", message: `${message ?? "the answer was lost"}; ${observed}` };
  return { outcome: "unverified", message: observed };
}

const CODE_OF: Record<Outcome, ExitCode> = {
  planned: EXIT.ok,
  applied: EXIT.ok,
  unchanged: EXIT.ok,
  refused: EXIT.refused,
  unsupported: EXIT.refused,
  failed: EXIT.partial,
  unverified: EXIT.partial,
  unknown: EXIT.partial,
};

/** How a change ends. When nothing was sent because nothing could be read, that is "cannot tell", not "changed in part". */
export function exitCodeOf(result: ChangeResult): ExitCode {
  if (result.dryRun) return EXIT.ok;
  const nothingSent = result.journalId === null;
  const codes = result.results.map(({ outcome }) => CODE_OF[outcome]);
  const worst = worstExitCode(
    codes.map((code) => (nothingSent && code === EXIT.partial ? EXIT.cannotTell : code)),
  );
  const mixed = worst === EXIT.refused && result.results.some(({ outcome }) => outcome === "applied");
  return mixed ? EXIT.partial : worst;
}
