import { isRecord } from "../admin-exchange.ts";
import type { BreakerLimits } from "../breaker-policy.ts";

interface Limit {
  readonly min: number;
  readonly max: number;
  readonly field: Exclude<keyof BreakerLimits, "errorRate" | "errorWindowMs">;
}

const table: ReadonlyMap<string, Limit> = new Map<string, Limit>([
  ["errors", { min: 1, max: 100, field: "failureThreshold" }],
  ["probes_ok", { min: 1, max: 10, field: "successThreshold" }],
  ["cooldown_ms", { min: 1000, max: 300_000, field: "openMs" }],
  ["probes", { min: 1, max: 50, field: "halfOpenMaxCalls" }],
  ["call_ms", { min: 50, max: 60_000, field: "callMs" }],
]);

export function limitsShown(limits: BreakerLimits): Record<string, number> {
  return Object.fromEntries([...table].map(([name, { field }]) => [name, limits[field]]));
}

export type LimitsRead =
  | { readonly limits: Partial<BreakerLimits> }
  | { readonly code: "bad_request" | "bad_limit"; readonly text: string };

/** Reads `{"limits": {…}}`: any subset, whole numbers, all within their bounds or none of them taken. */
export function readLimits(body: unknown): LimitsRead {
  const given = isRecord(body) ? body.limits : undefined;
  if (!isRecord(given) || Object.keys(given).length === 0) {
    return { code: "bad_request", text: '"limits" must name at least one limit' };
  }
  const limits: Partial<Record<keyof BreakerLimits, number>> = {};
  for (const [name, value] of Object.entries(given)) {
    const limit = table.get(name);
    if (limit === undefined) return { code: "bad_limit", text: `no such limit: ${name}` };
    if (typeof value !== "number" || !Number.isInteger(value) || value < limit.min || value > limit.max) {
      return { code: "bad_limit", text: `${name} must be a whole number from ${limit.min} to ${limit.max}` };
    }
    limits[limit.field] = value;
  }
  return { limits };
}
