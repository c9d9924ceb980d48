import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BreakerLimits } from "../breaker-policy.ts";
import type { BreakerName } from "../named-breaker.ts";

interface ShippedPolicy {
  readonly tenant: string;
  readonly policy: string;
  readonly providers: readonly string[];
  readonly fallback: string;
}

const shipped: readonly ShippedPolicy[] = [
  { tenant: "acme-corp", policy: "chat", providers: ["openai", "mistral"], fallback: "retry_then_next" },
  { tenant: "acme-corp", policy: "embeddings", providers: ["anthropic", "cohere"], fallback: "next" },
  { tenant: "globex", policy: "chat", providers: ["openai", "anthropic"], fallback: "retry_then_next" },
];

/** The breakers of the shipped policies: one for each provider of a tenant. */
export const policyBreakers: readonly BreakerName[] = shipped.flatMap(({ tenant, providers }) =>
  providers.map((key) => ({ group: tenant, key })),
);

/**
 * Writes the shipped policies as `<tenant>/<policy>.json` into a new folder, each with the thresholds for its first
 * touched provider, and returns the folder's absolute path.
 */
export function writeShippedPolicies(
  folder: string,
  limitsOf: (breaker: BreakerName) => BreakerLimits | null,
  usual: BreakerLimits,
): string {
  const home = path.resolve(folder, "policies");
  for (const one of shipped) {
    const own = one.providers
      .map((key) => limitsOf({ group: one.tenant, key }))
      .find((found) => found !== null);
    mkdirSync(path.join(home, one.tenant), { recursive: true });
    writeFileSync(path.join(home, one.tenant, `${one.policy}.json`), textOf(one, own ?? usual));
  }
  return home;
}

/** As a person would have written it: numbers and line breaks that no JSON printer keeps. */
function textOf({ providers, fallback, tenant }: ShippedPolicy, limits: BreakerLimits): string {
  const weights = providers.map((name) => `    { "name": "${name}", "weight": 0.50 }`).join(",\n");
  return `{
  "version": "1.0",
  "providers": [
${weights}
  ],
  "fallback": { "mode": "${fallback}" },
  "metadata": { "owner": "team-${tenant}", "budget_usd": 1.5e3, "tags": [] },
  "circuit_breaker": {
    "enabled": true,
    "failure_threshold": ${limits.failureThreshold},
    "success_threshold": ${limits.successThreshold},
    "timeout_ms": ${limits.openMs},
    "half_open_max_calls": ${limits.halfOpenMaxCalls},
    "error_rate_threshold": ${limits.errorRate},
    "error_rate_window_seconds": ${(limits.errorWindowMs ?? 60_000) / 1000}
  }
}
`;
}
