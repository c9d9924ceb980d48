import type { NamedBreaker } from "../named-breaker.ts";

type Status = ReturnType<typeof statusFields>;

/** What every listing tells of a breaker; `successes` as the system remembers them. */
export function statusFields({ name, breaker }: NamedBreaker, successes: number) {
  const { state, failures, totals, lastFailureAt } = breaker.reading();
  const calls = totals.ok + totals.error;
  return {
    name: name.key,
    state,
    failure_count: failures,
    success_count: successes,
    total_calls: calls,
    success_rate: calls === 0 ? 100 : Math.round((10_000 * totals.ok) / calls) / 100,
    is_healthy: state === "closed",
    last_failure: lastFailureAt === null ? null : zoneTime(lastFailureAt),
  };
}

/** One breaker by its name: with the thresholds in force, and whether a call would be let through. */
export function oneFields(target: NamedBreaker, successes: number, now: number) {
  const { is_healthy, last_failure, ...counts } = statusFields(target, successes);
  const { state, probeAt } = target.breaker.reading();
  return {
    ...counts,
    ...thresholds(target),
    is_healthy,
    last_failure,
    can_retry: state !== "open" || (probeAt !== null && now >= probeAt),
  };
}

/** What the extended listing adds: the running server tells neither latencies nor what is adaptive. */
export function extendedFields(
  target: NamedBreaker,
  { real, now }: { readonly real: boolean; readonly now: number },
) {
  const set = target.breaker.limits().failureThreshold;
  const inForce = target.breaker.limitsInForce().failureThreshold;
  const latency = real ? null : 20;
  return {
    ...(real
      ? thresholds(target)
      : { failure_threshold: set, recovery_timeout: thresholds(target).recovery_timeout }),
    avg_latency_ms: latency,
    p95_latency_ms: latency,
    p99_latency_ms: latency,
    is_adaptive: !real,
    current_threshold: inForce,
    threshold_adjustments: real || inForce === set ? 0 : 1,
    last_threshold_change: real || inForce === set ? null : zoneTime(now),
    fallback_available: false,
  };
}

function thresholds({ breaker }: NamedBreaker) {
  const { failureThreshold, openMs } = breaker.limitsInForce();
  return { failure_threshold: failureThreshold, recovery_timeout: openMs / 1000 };
}

const stateNumber = { closed: 0, open: 1, half_open: 2 } as const;

/** The metrics as JSON, with the text for Prometheus inside a string. Failures are those in a row, and go down again. */
export function metricsJson(shown: readonly Status[]) {
  const metrics = Object.fromEntries(
    shown.map(({ name, state, failure_count, success_count, success_rate }) => [
      name,
      {
        state,
        state_numeric: stateNumber[state],
        failures: failure_count,
        successes: success_count,
        success_rate,
      },
    ]),
  );
  const text = [
    ...family("circuit_breaker_state", "gauge", shown, ({ state }) => String(stateNumber[state])),
    ...family("circuit_breaker_failures_total", "counter", shown, (one) => String(one.failure_count)),
    ...family("circuit_breaker_successes_total", "counter", shown, (one) => String(one.success_count)),
    ...family("circuit_breaker_success_rate", "gauge", shown, (one) => one.success_rate.toFixed(2)),
  ];
  return { metrics, prometheus_format: `${text.join("\n")}\n` };
}

function family(
  name: string,
  type: string,
  shown: readonly Status[],
  value: (one: Status) => string,
): string[] {
  return [`# TYPE ${name} ${type}`, ...shown.map((one) => `${name}{name="${one.name}"} ${value(one)}`)];
}

/** UTC with its offset and microseconds, as Python writes an aware time. */
export function zoneTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("Z", "000+00:00");
}
