import { breakerName } from "../../domain/breaker.ts";
import type { ChangeRequest } from "../change-request.ts";
import type { ContextPort } from "../context-port.ts";
import type { Demand } from "../operator.ts";
import type { PlannedChange } from "../plan-change.ts";
import { failingUpstream } from "./failing-upstream.ts";
import { largeChange } from "./large-change.ts";
import { protectedContext } from "./protected-context.ts";
import { repeatedReset } from "./repeated-reset.ts";

/** All that must be given before a change is sent: what each guard finds, and consent last. */
export async function demandsOf(
  context: ContextPort,
  request: ChangeRequest,
  planned: PlannedChange,
): Promise<Demand[]> {
  const { fleet, selected } = request;
  const protection = protectedContext(context).filter(
    ({ kind }) => kind !== "reason" || request.reason === null,
  );
  const demands: Demand[] = [...protection, ...largeChange(fleet, selected)];
  if (request.verb === "reset") {
    const due = new Set(planned.requests.flatMap(({ touches }) => touches.map(breakerName)));
    const breakers = selected.breakers.filter((breaker) => due.has(breakerName(breaker)));
    const entries = await (await context.journal()).entries();
    demands.push(...repeatedReset([...due], entries, context.clock.now()));
    demands.push(...(await failingUpstream(breakers, context.upstreams, context.probe)));
  }
  return [...demands, { kind: "consent" }];
}
