import { placeOf } from "../domain/breaker.ts";
import type { ChangePlan } from "../domain/change-plan.ts";
import type { ChangeResult, InstanceResult } from "../domain/change-result.ts";
import { CbctlError, messageOf } from "../domain/errors.ts";
import type { IntentEvent } from "../domain/journal.ts";
import type { ChangeRequest } from "./change-request.ts";
import { concludeChange } from "./conclude-change.ts";
import type { ContextPort } from "./context-port.ts";
import { describePlan } from "./describe-plan.ts";
import { demandsOf } from "./guards/demands.ts";
import type { Journal } from "./journal.ts";
import type { Operator } from "./operator.ts";
import { expectationOf, instancesOf, planChange } from "./plan-change.ts";
import { sendChange } from "./send-change.ts";
import { verifyChange } from "./verify-change.ts";

/**
 * The one path of every change: plan, show, consent, journal, send, read back and see it hold, journal, report.
 * With `dryRun` it stops at the plan. @throws CbctlError when it is refused before anything was sent.
 */
export async function applyChange(
  context: ContextPort,
  request: ChangeRequest,
  operator: Operator,
): Promise<ChangeResult> {
  const { fleet, verb } = request;
  const planned = planChange(context, fleet, { ...request, ...request.selected });
  const plan = describePlan(context, request, planned);
  if (request.dryRun || planned.requests.length === 0) return unsent(plan, request.dryRun);
  context.assertTrusted();
  const approval = await operator.approve(plan, await demandsOf(context, request, planned));
  const intent = intentOf(context, { ...request, reason: approval.reason ?? request.reason }, plan);
  const journal = await context.journal();
  await journal.intend(intent);
  const deliveries = await sendChange(context, planned.requests, intent.id, operator);
  const sent = deliveries.filter(({ outcome }) => outcome !== "not-sent");
  const touched = new Set(sent.flatMap(({ request: { touches } }) => touches.map(placeOf)));
  const expected = new Map(
    planned.requests
      .flatMap(({ touches }) => touches)
      .filter((reading) => touched.has(placeOf(reading)))
      .map((reading) => [
        placeOf(reading),
        expectationOf(verb, planned.change.holds, request.settingsOf(reading)),
      ]),
  );
  const holdMs = request.holdMs / context.timeScale;
  if (context.signal.aborted) {
    operator.notice({ kind: "interrupted", sent: sent.length, of: deliveries.length });
  } else if (holdMs > 0 && touched.size > 0) {
    operator.notice({ kind: "holding", forMs: holdMs });
  }
  const instances = instancesOf(sent.map(({ request: each }) => each));
  const seen = await verifyChange(context, instances, expected, holdMs);
  const results = concludeChange(plan.targets, deliveries, seen, request.settingsOf);
  const result = resultOf(plan, results, intent.id);
  await record(journal, result, intent.id);
  if (context.signal.aborted && sent.length === 0) throw context.signal.reason;
  return result;
}

async function record(
  journal: Journal,
  { results, applied, total }: ChangeResult,
  id: string,
): Promise<void> {
  try {
    await journal.conclude({ kind: "result", id, results, applied, total, reconciled: false });
  } catch (error) {
    const reason = messageOf(error);
    throw new CbctlError(
      "not-recorded",
      `applied ${applied}/${total}, but the journal took no record of it`,
      {
        reason,
        hint: "make room for the journal, then: cbctl audit reconcile",
      },
    );
  }
}

function intentOf(context: ContextPort, request: ChangeRequest, plan: ChangePlan): IntentEvent {
  const due = plan.targets.filter(({ outcome }) => outcome === "planned");
  return {
    kind: "intent",
    id: context.newId(),
    action: request.action,
    context: context.name,
    system: context.system.name,
    by: context.actor,
    reason: request.reason,
    incident: request.incident,
    targets: due.map(({ key, group, instance, before, to }) => ({ key, group, instance, before, to })),
    approved: context.digest(JSON.stringify(plan)),
    undoes: request.undoes,
  };
}

function unsent(plan: ChangePlan, dryRun: boolean): ChangeResult {
  const results = plan.targets.map(
    ({ key, group, instance, before, to, outcome, message }): InstanceResult => ({
      key,
      group,
      instance,
      before,
      after: outcome === "planned" && before ? { ...before, ...to } : before,
      outcome: outcome === "unknown" && !dryRun ? "failed" : outcome,
      message,
    }),
  );
  const result = resultOf(plan, results, null);
  return dryRun ? { ...result, dryRun, requests: plan.requests } : result;
}

function resultOf(
  plan: ChangePlan,
  results: readonly InstanceResult[],
  journalId: string | null,
): ChangeResult {
  const { action, context, system } = plan;
  const applied = results.filter(({ outcome }) => outcome === "applied" || outcome === "unchanged").length;
  return { action, context, system, dryRun: false, results, applied, total: results.length, journalId };
}
