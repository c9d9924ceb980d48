import { hintFor, judgeAnswer } from "../dialect/answers.ts";
import type { PlannedRequest } from "../dialect/changes.ts";
import { CbctlError, inOneLine } from "../domain/errors.ts";
import type { FilledCall } from "../domain/vocabulary/call.ts";
import type { ContextPort } from "./context-port.ts";
import type { Operator } from "./operator.ts";

/** What became of one planned request. */
export interface Delivery {
  readonly request: PlannedRequest;
  /** `lost`: no answer came. Whether the request arrived nobody knows then, so that only reading back can tell. */
  readonly outcome: "answered" | "failed" | "unsupported" | "lost" | "not-sent";
  readonly message: string | null;
}

/** Sends every request once, instances beside each other, an instance's own one after the other. Never retried. */
export async function sendChange(
  context: ContextPort,
  requests: readonly PlannedRequest[],
  journalId: string,
  operator: Operator,
): Promise<Delivery[]> {
  const byInstance = new Map<string, PlannedRequest[]>();
  for (const request of requests) {
    const name = request.instance.name;
    byInstance.set(name, [...(byInstance.get(name) ?? []), request]);
  }
  const deliveries = await Promise.all(
    [...byInstance.values()].map(async (queue) => {
      const delivered: Delivery[] = [];
      for (const request of queue) delivered.push(await deliver(context, request, journalId, operator));
      return delivered;
    }),
  );
  return deliveries.flat();
}

async function deliver(
  context: ContextPort,
  request: PlannedRequest,
  journalId: string,
  operator: Operator,
): Promise<Delivery> {
  for (const [index, call] of request.calls.entries()) {
    if (context.signal.aborted) {
      const outcome = index === 0 ? "not-sent" : "failed";
      return { request, outcome, message: "interrupted before it was sent" };
    }
    operator.notice({ kind: "sent", instance: request.instance.name, journalId });
    const failure = await deliverCall(context, request, call, journalId);
    if (failure)
      return index > 0 && failure.outcome === "unsupported" ? { ...failure, outcome: "failed" } : failure;
  }
  return { request, outcome: "answered", message: null };
}

async function deliverCall(
  context: ContextPort,
  request: PlannedRequest,
  call: FilledCall,
  journalId: string,
): Promise<Delivery | null> {
  try {
    const { timeoutMs, signal } = context;
    const answer = await context.calls.send(call, request.instance, {
      timeoutMs,
      signal,
      requestId: journalId,
    });
    const verdict = judgeAnswer(context.system, answer, "change");
    if (verdict.means === "ok") return null;
    const hint = verdict.hint ?? hintFor(verdict.means, answer);
    const message = [`answered ${answer.status}`, verdict.message, hint]
      .filter((part) => part != null)
      .join(": ");
    return { request, outcome: verdict.means === "unsupported" ? "unsupported" : "failed", message };
  } catch (error) {
    if (!(error instanceof CbctlError)) throw error;
    return { request, outcome: "lost", message: `no answer: ${inOneLine(error)}` };
  }
}
