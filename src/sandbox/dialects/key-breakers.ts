import { type AdminReply, type Dialect, jsonReply } from "../admin-exchange.ts";
import type { BreakerLimits } from "../breaker-policy.ts";
import type { NamedBreaker } from "../named-breaker.ts";
import { notFound, readCounts, route, unprocessable } from "./fastapi.ts";
import { keyRotation } from "./key-rotation.ts";

const base = "/api/v1/circuit-breaker";
const fields = ["failure_threshold", "success_threshold", "timeout", "half_open_max_calls"];

/** The admin API of breakers per API key: no authentication, seconds, a bare array. */
export function keyBreakersDialect(breakers: readonly NamedBreaker[]): Dialect {
  const named = (key: string) => breakers.find(({ name }) => name.key === key);

  function patch(body: string, targets: readonly NamedBreaker[], answer: () => unknown): AdminReply {
    const read = readCounts(body, fields);
    if ("errors" in read) return unprocessable(read.errors);
    for (const { breaker } of targets) breaker.setLimits(limitsFrom(read.values));
    return jsonReply(200, answer());
  }

  return (request) =>
    route(
      [
        { path: `${base}/stats`, methods: { GET: () => jsonReply(200, breakers.map(stats)) } },
        { path: `${base}/reset`, methods: { POST: () => resetAll(breakers) } },
        {
          path: `${base}/config`,
          methods: {
            PATCH: ({ body }) =>
              patch(body, breakers, () => ({ success: true, updated_count: breakers.length })),
          },
        },
        ...keyRotation(false),
        {
          path: `${base}/*/reset`,
          methods: {
            POST: (_, key) => {
              const target = named(key ?? "");
              return target === undefined ? unknownKey(key) : resetOne(target);
            },
          },
        },
        {
          path: `${base}/*/config`,
          methods: {
            PATCH: ({ body }, key) => {
              const target = named(key ?? "");
              if (target === undefined) return unknownKey(key);
              return patch(body, [target], () => ({ success: true, key_id: key, config: config(target) }));
            },
          },
        },
      ],
      request,
    );
}

function stats(target: NamedBreaker) {
  const { state, failures, successes } = target.breaker.reading();
  return {
    key_id: target.name.key,
    provider: target.name.group,
    state,
    failure_count: failures,
    success_count: successes,
    config: config(target),
  };
}

function config({ breaker }: NamedBreaker) {
  const { failureThreshold, successThreshold, openMs } = breaker.limits();
  return { failure_threshold: failureThreshold, success_threshold: successThreshold, timeout: openMs / 1000 };
}

function limitsFrom(values: ReadonlyMap<string, number>): Partial<BreakerLimits> {
  const canonical = new Map<string, (value: number) => Partial<BreakerLimits>>([
    ["failure_threshold", (failureThreshold) => ({ failureThreshold })],
    ["success_threshold", (successThreshold) => ({ successThreshold })],
    ["timeout", (seconds) => ({ openMs: seconds * 1000 })],
    ["half_open_max_calls", (halfOpenMaxCalls) => ({ halfOpenMaxCalls })],
  ]);
  return Object.assign({}, ...[...values].map(([name, value]) => canonical.get(name)?.(value)));
}

function resetOne({ name, breaker }: NamedBreaker): AdminReply {
  const before = breaker.reading().state;
  breaker.reset();
  return jsonReply(200, {
    success: true,
    message: `Circuit breaker '${name.key}' reset successfully`,
    previous_state: before,
    current_state: breaker.reading().state,
  });
}

function resetAll(breakers: readonly NamedBreaker[]): AdminReply {
  for (const { breaker } of breakers) breaker.reset();
  const message = `Successfully reset ${breakers.length} circuit breakers`;
  return jsonReply(200, { success: true, message, reset_count: breakers.length });
}

function unknownKey(key: string | undefined): AdminReply {
  return notFound(`Circuit breaker '${key}' not found`);
}
