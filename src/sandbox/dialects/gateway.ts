import { type AdminReply, type AdminRequest, type Dialect, jsonReply } from "../admin-exchange.ts";
import { isValidToken } from "../json-web-token.ts";
import type { NamedBreaker } from "../named-breaker.ts";
import { route } from "./fastapi.ts";

export interface GatewayOptions {
  /** Null: as documented, without authentication and with the documented fields only. */
  readonly secret: string | null;
  readonly now: () => number;
  readonly upstreamWorks: (service: string) => boolean;
}

/** The admin API of a gateway's breakers per service: a map that fills with traffic, and a reset that never fails. */
export function gatewayDialect(
  breakers: readonly NamedBreaker[],
  { secret, now, upstreamWorks }: GatewayOptions,
): Dialect {
  function readiness(): AdminReply {
    const services = Object.fromEntries(breakers.map(({ name }) => [name.key, upstreamWorks(name.key)]));
    const ok = Object.values(services).every(Boolean);
    return jsonReply(ok ? 200 : 503, { ok, services });
  }

  function list(): AdminReply {
    const shown = breakers.filter(({ breaker }) => breaker.reading().called);
    const map = Object.fromEntries(
      shown.map((target) => [
        target.name.key,
        secret === null ? documentedFields(target) : allFields(target),
      ]),
    );
    if (secret === null) return jsonReply(200, { circuit_breakers: map });
    return jsonReply(200, { circuit_breakers: map, proxy_circuits: map, timestamp: naiveTime(now()) });
  }

  function reset(service: string): AdminReply {
    breakers.find(({ name }) => name.key === service)?.breaker.reset();
    return jsonReply(200, {
      message: `Circuit breaker '${service}' has been reset`,
      timestamp: naiveTime(now()),
    });
  }

  function guarded(handle: (...parameters: string[]) => AdminReply) {
    return (request: AdminRequest, ...parameters: string[]) =>
      (secret === null ? null : refusal(request, secret, now())) ?? handle(...parameters);
  }

  const routes = [
    { path: "/health", methods: { GET: () => jsonReply(200, health) } },
    ...(secret === null ? [] : [{ path: "/readiness", methods: { GET: readiness } }]),
    { path: "/api/v1/circuit-breakers", methods: { GET: guarded(list) } },
    {
      path: "/api/v1/circuit-breakers/*/reset",
      methods: { POST: guarded((service) => reset(service ?? "")) },
    },
  ];
  return (request) => route(routes, request);
}

const health = { status: "healthy", service: "api-gateway", version: "1.0.0" };

function documentedFields({ breaker }: NamedBreaker) {
  const { state, failures, successes, window } = breaker.reading();
  return {
    state,
    failure_count: failures,
    success_count: successes,
    recent_failures: window.errors,
    total_calls: window.calls,
  };
}

function allFields(target: NamedBreaker) {
  const { lastFailureAt } = target.breaker.reading();
  return {
    name: target.name.key,
    ...documentedFields(target),
    last_failure_time: lastFailureAt === null ? null : lastFailureAt / 1000,
  };
}

function refusal(request: AdminRequest, secret: string, now: number): AdminReply | null {
  const [scheme, token] = String(request.headers.authorization ?? "").split(" ");
  if (!scheme || !token) return jsonReply(403, { detail: "Not authenticated" });
  if (scheme.toLowerCase() !== "bearer")
    return jsonReply(403, { detail: "Invalid authentication credentials" });
  return isValidToken(token, secret, now)
    ? null
    : jsonReply(401, { detail: "Could not validate credentials" });
}

/** UTC without a zone, with microseconds, as Python's `utcnow().isoformat()` writes it. */
function naiveTime(now: number): string {
  return new Date(now).toISOString().replace("Z", "000");
}
