import type { AdminReply, AdminRequest, Dialect } from "../admin-exchange.ts";
import { segmentsOf } from "../admin-exchange.ts";
import type { NamedBreaker } from "../named-breaker.ts";
import type { RateLimit } from "../rate-limit.ts";
import { expressJson, expressPage } from "./express.ts";
import { refusalOfUpdog } from "./updog-credentials.ts";
import { criticalOf, degradedOf, type StateShape, statesBody } from "./updog-states.ts";

export interface UpdogOptions {
  /** Where the admin routes are, e.g. `/admin/circuit-breakers`. */
  readonly prefix: string;
  readonly shape: StateShape;
  /** Tells `enabled` beside each state. */
  readonly tellsEnabled: boolean;
  readonly secret: string;
  readonly rateLimit: RateLimit;
  readonly now: () => number;
}

/** Admin routes behind a rate limit and an administrator's token; readiness is open to all. */
export function updogDialect(breakers: readonly NamedBreaker[], options: UpdogOptions): Dialect {
  const timestamp = () => new Date(options.now()).toISOString();

  function admin(request: AdminRequest, path: string): AdminReply {
    const { headers, refusal } = options.rateLimit.take();
    const reply = refusal ?? refusalOfUpdog(request, options) ?? adminRoute(request.method, path);
    return { ...reply, headers: { ...headers, ...reply.headers } };
  }

  function adminRoute(method: string, path: string): AdminReply {
    if (method === "GET" && path === "/state") return expressJson(200, statesBody(breakers, options));
    if (method === "GET" && path === "/health") return health();
    const [verb, name, state, ...rest] = segmentsOf(path) ?? [];
    if (method === "POST" && verb === "force" && state !== undefined && rest.length === 0) {
      const isKnown = breakers.some((target) => target.name.key === name);
      return isKnown
        ? expressJson(501, { error: "force transitions not implemented (guarded operation)" })
        : expressJson(404, { error: "unknown breaker" });
    }
    return expressPage(404, `Cannot ${method} ${options.prefix}${path}`);
  }

  function health(): AdminReply {
    const degraded = degradedOf(breakers);
    const critical = criticalOf(breakers);
    return expressJson(critical.length === 0 ? 200 : 503, {
      healthy: degraded.length === 0,
      degraded,
      critical,
    });
  }

  function readiness(): AdminReply {
    const degraded = degradedOf(breakers);
    if (criticalOf(breakers).length === 0)
      return expressJson(200, { ready: true, degraded, timestamp: timestamp() });
    const reason = "critical dependency breaker OPEN";
    return expressJson(503, { ready: false, reason, degraded, timestamp: timestamp() });
  }

  function metricsHealth(): AdminReply {
    const degraded = degradedOf(breakers);
    return expressJson(200, { healthy: degraded.length === 0, degraded, timestamp: timestamp() });
  }

  return (request) => {
    const { method, path } = request;
    if (path === options.prefix || path.startsWith(`${options.prefix}/`))
      return admin(request, path.slice(options.prefix.length));
    if (method === "GET" && path === "/readinessz") return readiness();
    if (method === "GET" && path === "/metrics/health") return metricsHealth();
    return expressPage(404, `Cannot ${method} ${path}`);
  };
}
