import { fillCall } from "../dialect/calls.ts";
import { healthOf, type ToldHealth } from "../dialect/health.ts";
import type { Health } from "../domain/answers.ts";
import { CbctlError } from "../domain/errors.ts";
import type { Instance } from "../domain/fleet.ts";
import type { HealthCall } from "../domain/system.ts";
import type { ContextPort } from "./context-port.ts";

/**
 * What a system tells of itself as a whole: ready when every instance says so, not ready when one says it is not, else
 * null. Undefined when the system has no such call.
 */
export async function readHealth(context: ContextPort): Promise<Health | null | undefined> {
  const { health } = context.system;
  if (!health) return undefined;
  const told = await Promise.all(context.instances.map((instance) => askOne(context, health, instance)));
  const answers = told.filter((each) => each !== null);
  const isUnready = answers.some(({ ready }) => !ready);
  if (!isUnready && (answers.length === 0 || answers.length < told.length)) return null;
  const degraded = [...new Set(answers.flatMap((each) => each.degraded ?? []))].sort();
  return { ready: !isUnready, degraded, source: health.call.http };
}

async function askOne(
  context: ContextPort,
  health: HealthCall,
  instance: Instance,
): Promise<ToldHealth | null> {
  const { timeoutMs, signal } = context;
  try {
    const call = fillCall(health.call, {});
    return healthOf(health, await context.calls.send(call, instance, { timeoutMs, signal, requestId: null }));
  } catch (error) {
    if (!(error instanceof CbctlError) || signal.aborted) throw error;
    return null;
  }
}
