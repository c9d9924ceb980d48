import {
  type AdminReply,
  type AdminRequest,
  type Dialect,
  isRecord,
  jsonReply,
  parseJson,
} from "../admin-exchange.ts";
import type { NamedBreaker } from "../named-breaker.ts";
import { exactHeader, gatewayError, routeNotFound, routerError } from "./c-gateway.ts";

export interface RouterExtensionsOptions {
  /** States as the router has them, an object; else as the front without a router answers, an array. */
  readonly real: boolean;
  /** The router fails behind a working front, or does not answer it. */
  readonly trouble: "error-in-200" | "backend-down" | null;
  readonly now: () => number;
}

const paths = { states: "/api/v1/extensions/circuit-breakers", health: "/api/v1/extensions/health" };
const complexity = /^\/api\/v1\/policies\/[^/]+\/[^/]+\/complexity$/;

/** The HTTP front of a router: paths to the letter, a query included, and header names to the case. */
export function routerExtensionsDialect(
  breakers: readonly NamedBreaker[],
  { real, trouble, now }: RouterExtensionsOptions,
): Dialect {
  function fromRouter(what: string, answer: () => unknown): AdminReply {
    if (trouble === "backend-down")
      return gatewayError(503, "SERVICE_UNAVAILABLE", "Router or NATS unavailable");
    if (trouble === "error-in-200")
      return routerError(200, "INTERNAL_ERROR", `Failed to get ${what}: database_not_available`);
    return jsonReply(200, answer());
  }

  const states = () =>
    real
      ? Object.fromEntries(breakers.map((one) => [one.name.key, fullState(one)]))
      : breakers.map(shortState);
  const health = () => Object.fromEntries(breakers.map((one) => [one.name.key, extensionHealth(one)]));

  return (request) => {
    const { method, target } = request;
    if (method === "GET" && target === paths.states)
      return fromRouter("circuit breaker states", () => ({ states: states() }));
    if (method === "GET" && target === paths.health)
      return fromRouter("extension health", () => ({ health: health() }));
    if (method === "GET" && (target === "/health" || target === "/_health"))
      return jsonReply(200, { status: "healthy", timestamp: new Date(now()).toISOString() });
    if (method === "POST" && target === "/api/v1/policies/dry-run")
      return withTenant(request, () => fromRouter("dry run", () => dryRun(request.body)));
    if (method === "GET" && complexity.test(target))
      return withTenant(request, () => fromRouter("pipeline complexity", () => ({ complexity: "low" })));
    if (method === "GET" && target.startsWith("/api/v1/policies/"))
      return gatewayError(404, "NOT_FOUND", "policy route not found");
    return routeNotFound();
  };
}

function withTenant({ rawHeaders }: AdminRequest, answer: () => AdminReply): AdminReply {
  return exactHeader(rawHeaders, "X-Tenant-ID") === null
    ? gatewayError(400, "invalid_request", "missing X-Tenant-ID header")
    : answer();
}

function dryRun(body: string) {
  const given = parseJson(body);
  const payload = isRecord(given) ? (given.payload ?? null) : null;
  const decision = { provider_id: "openai", reason: "weighted", priority: 50 };
  return { ok: true, result: { decision, executed_extensions: [], final_payload: payload } };
}

function fullState({ name, breaker }: NamedBreaker) {
  const { state, failures, changedAt, window } = breaker.reading();
  return {
    extension_id: name.key,
    state,
    opened_at: state === "closed" ? null : new Date(changedAt).toISOString(),
    failure_count: failures,
    error_rate: window.calls === 0 ? null : window.errors / window.calls,
  };
}

function shortState({ name, breaker }: NamedBreaker) {
  const { state, changedAt } = breaker.reading();
  return { extension_id: name.key, state, opened_at_ms: state === "closed" ? 0 : changedAt };
}

const healthWords = { closed: "healthy", half_open: "degraded", open: "unhealthy" } as const;

function extensionHealth({ name, breaker }: NamedBreaker) {
  const { state, totals } = breaker.reading();
  const calls = totals.ok + totals.error;
  return {
    extension_id: name.key,
    status: healthWords[state],
    success_rate: calls === 0 ? 1 : totals.ok / calls,
    avg_latency_ms: 20,
  };
}
