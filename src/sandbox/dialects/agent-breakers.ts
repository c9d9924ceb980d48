import { type AdminReply, type Dialect, jsonReply } from "../admin-exchange.ts";
import type { NamedBreaker } from "../named-breaker.ts";
import { extendedFields, metricsJson, oneFields, statusFields, zoneTime } from "./agent-breakers-fields.ts";
import { notFound, route } from "./fastapi.ts";
import { keyRotation } from "./key-rotation.ts";

export interface AgentBreakersOptions {
  /** Real: it lists a breaker from its first call on, and tells neither latencies nor what is adaptive. */
  readonly real: boolean;
  readonly now: () => number;
}

const base = "/api/v1/circuit-breakers";
const freshSeconds = 60;

/** The admin API of breakers by name with adaptive thresholds: no patch, and answers that may be cached for a minute. */
export function agentBreakersDialect(
  breakers: readonly NamedBreaker[],
  { real, now }: AgentBreakersOptions,
): Dialect {
  /** Successes before the last reset of all, which are no longer shown. */
  const forgotten = new Map<NamedBreaker, number>();
  const successes = (target: NamedBreaker) =>
    target.breaker.reading().totals.ok - (forgotten.get(target) ?? 0);
  const listed = () => breakers.filter(({ breaker }) => !real || breaker.reading().called);
  const find = (name: string | undefined) => listed().find((target) => target.name.key === name);
  const status = (target: NamedBreaker) => statusFields(target, successes(target));

  function list(): AdminReply {
    const shown = listed().map(status);
    const unhealthy = shown.filter(({ is_healthy }) => !is_healthy).length;
    return jsonReply(200, {
      total_breakers: shown.length,
      healthy_count: shown.length - unhealthy,
      unhealthy_count: unhealthy,
      breakers: shown,
      overall_health: overallHealth(shown.length, unhealthy),
      timestamp: zoneTime(now()),
    });
  }

  function one(name: string | undefined): AdminReply {
    const target = find(name);
    if (target !== undefined) return jsonReply(200, oneFields(target, successes(target), now()));
    const names = listed().map((known) => `'${known.name.key}'`);
    return notFound(`Circuit breaker '${name}' not found. Available: [${names.join(", ")}]`);
  }

  function resetOne(name: string | undefined): AdminReply {
    const target = find(name);
    if (target === undefined) return notFound(`Circuit breaker '${name}' not found`);
    const before = target.breaker.reading().state;
    target.breaker.reset();
    return jsonReply(200, {
      success: true,
      message: `Circuit breaker '${name}' reset successfully`,
      previous_state: before,
      current_state: target.breaker.reading().state,
    });
  }

  function resetAll(): AdminReply {
    const targets = listed();
    for (const target of targets) {
      target.breaker.reset();
      forgotten.set(target, target.breaker.reading().totals.ok);
    }
    const message = `Successfully reset ${targets.length} circuit breakers`;
    return jsonReply(200, { success: true, message, reset_count: targets.length });
  }

  const extended = () =>
    listed().map((target) => ({ ...status(target), ...extendedFields(target, { real, now: now() }) }));
  const routes = [
    { path: `${base}/status`, methods: { GET: list } },
    { path: `${base}/extended-status`, methods: { GET: () => jsonReply(200, extended()) } },
    {
      path: `${base}/metrics`,
      methods: { GET: () => jsonReply(200, metricsJson(listed().map(status))) },
    },
    // A path that another route takes with its own methods only is a breaker's name to the next one.
    { path: `${base}/*`, methods: { GET: (_: unknown, name?: string) => one(name) } },
    { path: `${base}/reset`, methods: { POST: resetAll } },
    { path: `${base}/*/reset`, methods: { POST: (_: unknown, name?: string) => resetOne(name) } },
    ...keyRotation(real),
  ];
  return (request) => {
    const reply = route(routes, request);
    if (request.method !== "GET") return reply;
    const lastModified = new Date(now()).toUTCString();
    const caching = { "cache-control": `public, max-age=${freshSeconds}`, "last-modified": lastModified };
    return { ...reply, headers: { ...reply.headers, ...caching } };
  };
}

function overallHealth(total: number, unhealthy: number): string {
  if (total === 0) return "UNKNOWN";
  if (unhealthy === 0) return "HEALTHY";
  return unhealthy >= total / 2 ? "CRITICAL" : "DEGRADED";
}
