import { breakerName } from "../../domain/breaker.ts";
import type { ChangePlan, PlannedTarget } from "../../domain/change-plan.ts";
import type { ViewOptions } from "../view.ts";
import { type Row, untitled } from "./cell.ts";
import { changedText, withMessage } from "./change-facts.ts";
import { counted, drawSection } from "./facts.ts";
import { outcomeCell } from "./outcomes.ts";
import { drawWhole } from "./table.ts";

const NAMED_INSTANCES = 3;

/**
 * What is about to happen, before anyone consents: how much of what, each difference, and what would happen by itself.
 * Wide, each request too.
 */
export function* viewChangePlan(plan: ChangePlan, options: ViewOptions): Iterable<string> {
  const { paint } = options;
  yield headOf(plan, options);
  yield* drawWhole({ columns: untitled(4), rows: rowsOf(plan) }, options);
  if (plan.targets.length === 0) yield "nothing to change";
  for (const line of plan.byItself) yield paint.warn(`${line}: wait?`);
  for (const note of plan.notes) yield `note: ${note}`;
  if (plan.reason !== null) yield `reason: ${plan.reason}`;
  if (options.wide) yield* drawSection("requests", plan.requests, options);
}

function headOf({ action, context, system, ...plan }: ChangePlan, { paint }: ViewOptions): string {
  const share = plan.largest;
  const ofGroup =
    share === null || share.group === null
      ? ""
      : `, ${share.selected} of ${share.of} in group ${share.group}`;
  const reach = plan.reach === "breaker" ? "" : ` · reach ${plan.reach}`;
  const isProtected = plan.protected ? paint.warn(" · protected") : "";
  const much = `${plan.selected} of ${counted(plan.of, "breaker")}${ofGroup}`;
  return `${paint.strong(action)} ${much} · ${paint.strong(context)} · ${system}${reach}${isProtected}`;
}

/** Instances where a breaker stands alike and becomes alike share a row: fifty replicas are one line to read. */
function rowsOf({ targets }: ChangePlan): Row[] {
  const everywhere = new Set(targets.map(({ instance }) => instance)).size;
  const alike = new Map<string, { readonly target: PlannedTarget; readonly instances: string[] }>();
  for (const target of targets) {
    const { instance, ...rest } = target;
    const likeness = JSON.stringify(rest);
    const known = alike.get(likeness);
    if (known) known.instances.push(instance);
    else alike.set(likeness, { target, instances: [instance] });
  }
  return [...alike.values()].map(({ target, instances }) => [
    outcomeCell(target.outcome),
    breakerName(target),
    namesOf(instances, everywhere),
    withMessage(becomes(target), target.message),
  ]);
}

function becomes({ before, to, outcome }: PlannedTarget): string {
  return changedText(before, outcome === "planned" ? { ...before, ...to } : before);
}

function namesOf(instances: readonly string[], everywhere: number): string {
  if (instances.length === everywhere && everywhere > 1) return `on all ${everywhere} instances`;
  const named = instances.slice(0, NAMED_INSTANCES).join(", ");
  const more = instances.length - NAMED_INSTANCES;
  if (instances.length === 1) return `on ${named}`;
  return `on ${instances.length} instances: ${named}${more > 0 ? ` and ${more} more` : ""}`;
}
