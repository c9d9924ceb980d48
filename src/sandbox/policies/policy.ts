import { isRecord, parseJson } from "../admin-exchange.ts";
import type { BreakerLimits } from "../breaker-policy.ts";

/** What the router takes from a policy. */
export interface Policy {
  readonly version: string;
  readonly providers: readonly string[];
  readonly enabled: boolean;
  readonly limits: Partial<BreakerLimits>;
}

interface Field {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
  readonly limit: (value: number) => Partial<BreakerLimits>;
}

const fields = new Map<string, Field>([
  [
    "failure_threshold",
    { min: 1, max: 100, whole: true, limit: (failureThreshold) => ({ failureThreshold }) },
  ],
  [
    "success_threshold",
    { min: 1, max: 10, whole: true, limit: (successThreshold) => ({ successThreshold }) },
  ],
  ["timeout_ms", { min: 1000, max: 300_000, whole: true, limit: (openMs) => ({ openMs }) }],
  [
    "half_open_max_calls",
    { min: 1, max: 100, whole: true, limit: (halfOpenMaxCalls) => ({ halfOpenMaxCalls }) },
  ],
  ["error_rate_threshold", { min: 0, max: 1, whole: false, limit: (errorRate) => ({ errorRate }) }],
  [
    "error_rate_window_seconds",
    { min: 1, max: 3600, whole: true, limit: (seconds) => ({ errorWindowMs: seconds * 1000 }) },
  ],
]);

export type PolicyRead = Policy | { readonly problem: string };

/** Reads a policy's text; `strict` holds its breaker to the schema, which the running router does not look at. */
export function readPolicy(text: string, strict: boolean): PolicyRead {
  const given = parseJson(text);
  if (!isRecord(given)) return { problem: "not a JSON object" };
  const breaker = given.circuit_breaker ?? {};
  if (!isRecord(breaker)) return { problem: "circuit_breaker must be an object" };
  if (strict && typeof given.version !== "string") return { problem: "version is required" };
  const limits: Partial<BreakerLimits>[] = [];
  for (const [name, value] of Object.entries(breaker)) {
    if (name === "enabled") continue;
    const field = fields.get(name);
    const problem = strict ? problemOf(name, field, value) : null;
    if (problem !== null) return { problem };
    if (field !== undefined && typeof value === "number") limits.push(field.limit(value));
  }
  return {
    version: String(given.version ?? ""),
    providers: Array.isArray(given.providers) ? given.providers.map(providerName) : [],
    enabled: breaker.enabled === true,
    limits: Object.assign({}, ...limits),
  };
}

function problemOf(name: string, field: Field | undefined, value: unknown): string | null {
  if (field === undefined) return `circuit_breaker.${name} is not allowed`;
  const fits = typeof value === "number" && value >= field.min && value <= field.max;
  if (fits && (!field.whole || Number.isInteger(value))) return null;
  return `circuit_breaker.${name} must be ${field.whole ? "a whole number" : "a number"} from ${field.min} to ${field.max}`;
}

function providerName(provider: unknown): string {
  if (!isRecord(provider)) return String(provider);
  return String(provider.name ?? provider.id);
}
