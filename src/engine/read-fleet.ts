import { readingOf } from "../dialect/answers.ts";
import { fillCall } from "../dialect/calls.ts";
import { CbctlError, inOneLine } from "../domain/errors.ts";
import {
  type Fleet,
  foldFleet,
  type Instance,
  type InstanceError,
  type InstanceReading,
} from "../domain/fleet.ts";
import type { ContextPort } from "./context-port.ts";

/**
 * Asks every instance at once; what one cannot tell is an error beside what the others told. A system without an admin API
 * is read from its metrics.
 */
export async function readFleet(context: ContextPort): Promise<Fleet> {
  const readings =
    context.system.read === null
      ? await (await import("./read-from-metrics.ts")).readFromMetrics(context)
      : await readInstances(context, context.instances);
  return foldFleet(readings, new Date(context.clock.now()).toISOString());
}

/** The same for some of the instances, unfolded. */
export function readInstances(
  context: ContextPort,
  instances: readonly Instance[],
): Promise<InstanceReading[]> {
  return Promise.all(instances.map((instance) => readInstance(context, instance)));
}

async function readInstance(context: ContextPort, instance: Instance): Promise<InstanceReading> {
  const { system } = context;
  if (system.read === null) {
    throw new CbctlError("unsupported", `system ${system.name} has no admin API to read`);
  }
  try {
    const call = fillCall(system.read.call, {});
    const answer = await context.calls.send(call, instance, {
      timeoutMs: context.timeoutMs,
      signal: context.signal,
      requestId: null,
    });
    const breakers = context.reader()(readingOf(system, answer), instance.name);
    return { instance, breakers, error: null };
  } catch (error) {
    if (!(error instanceof CbctlError) || context.signal.aborted) throw error;
    return { instance, breakers: null, error: instanceError(instance, error) };
  }
}

function instanceError(instance: Instance, error: CbctlError): InstanceError {
  return {
    instance: instance.name,
    code: error.code,
    message: inOneLine(error),
    ...(error.hint !== null && { hint: error.hint }),
  };
}

/** @throws CbctlError with the first instance's reason, when not one of them could be read. */
export function assertSomeRead(fleet: Fleet): void {
  const [first] = fleet.errors;
  if (first === undefined || fleet.readings.some(({ error }) => error === null)) return;
  const many = fleet.errors.length > 1 ? ` (and ${fleet.errors.length - 1} more)` : "";
  throw new CbctlError(first.code, `no instance could be read: ${first.message}${many}`, {
    hint: first.hint ?? "check the context with cbctl context show",
    where: first.instance,
  });
}
