import { Registry } from "prom-client";
import type { AdminReply } from "./admin-exchange.ts";
import { startAdminServer } from "./admin-server.ts";
import type { CallOutcome } from "./breaker-library.ts";
import { createBreaker } from "./breaker-policy.ts";
import type { Fault } from "./fault.ts";
import { type SystemMetrics, showProcessStart } from "./metrics/system-metrics.ts";
import type { NamedBreaker } from "./named-breaker.ts";
import type { Scenario } from "./scenario.ts";
import type { SandboxSystem } from "./systems/sandbox-system.ts";
import { isTouched } from "./touched-breakers.ts";
import type { UpstreamCaller } from "./upstream-caller.ts";
import type { Upstreams } from "./upstreams.ts";

export interface Member extends NamedBreaker {
  readonly touched: boolean;
  /** One guarded call to the upstream. Never rejects. */
  fire(): Promise<CallOutcome>;
}

/** One replica of a system, with breakers, metrics and an admin API of its own. */
export interface Instance {
  /** As upstreams know it, e.g. `acme-2`. */
  readonly caller: string;
  readonly url: string;
  readonly system: SandboxSystem;
  readonly members: readonly Member[];
  readonly metrics: SystemMetrics;
  readonly startedAt: number;
  /** From now on transitions are counted: what came before belongs to the staging. */
  countTransitions(): void;
  stop(): Promise<void>;
}

export interface InstanceSetup {
  readonly system: SandboxSystem;
  readonly scenario: Scenario;
  readonly fault: Fault;
  readonly upstreams: Upstreams;
  readonly caller: UpstreamCaller;
  /** From 0 to `instances` - 1. */
  readonly index: number;
  readonly instances: number;
  readonly timeScale: number;
  readonly now: () => number;
  readonly control: (body: string) => AdminReply;
}

const weekMs = 7 * 24 * 60 * 60 * 1000;

export async function startInstance(setup: InstanceSetup): Promise<Instance> {
  const { system, scenario, fault, now } = setup;
  const metrics = system.metrics(new Registry());
  const process = new Registry();
  const startedAt = now() - (scenario.startedAgoMs ?? weekMs);
  showProcessStart(process, startedAt);
  let counting = false;
  let observedAt = now();
  const members = system.breakers.map((name) => createMember(setup, metrics, name, () => counting));

  async function metricsPage(): Promise<string> {
    const elapsed = (now() - observedAt) / 1000;
    observedAt = now();
    for (const { name, breaker } of members) metrics.observe(name, breaker.reading(), elapsed);
    const hidden = scenario.metricsMissing === true && fault.isOn();
    return (await process.metrics()) + (hidden ? "" : await metrics.registry.metrics());
  }

  const server = await startAdminServer({
    dialect: system.dialect(members),
    metricsPage,
    metricsPath: system.metricsPath,
    control: setup.control,
  });
  return {
    caller: callerName(setup),
    url: server.url,
    system,
    members,
    metrics,
    startedAt,
    countTransitions() {
      counting = true;
    },
    async stop() {
      for (const { breaker } of members) breaker.stop();
      await server.stop();
    },
  };
}

function callerName({ system, index }: InstanceSetup): string {
  return `${system.name}-${index + 1}`;
}

function createMember(
  setup: InstanceSetup,
  metrics: SystemMetrics,
  name: NamedBreaker["name"],
  isCounting: () => boolean,
): Member {
  const { system, scenario, fault, now, timeScale } = setup;
  const touched = isTouched(scenario.touches, system.breakers, name, setup.index, setup.instances);
  const breaker = createBreaker({
    library: system.library,
    limits: touched ? { ...system.limits, ...scenario.limits } : system.limits,
    counting: system.counting,
    now,
    timeScale,
    trips: () => !(touched && scenario.neverTrips && fault.isOn()),
    onTransition: (from, to) => {
      if (isCounting()) metrics.transition(name, from, to);
    },
  });
  metrics.register(name);
  const call = () =>
    setup.caller.call(setup.upstreams.callUrl(name.key), {
      caller: callerName(setup),
      timeoutMs: breaker.limits().callMs,
      failsOn5xx: system.failsOn5xx,
      retries: system.retries,
      onRetry: () => metrics.retry(name),
    });
  return {
    name,
    breaker,
    touched,
    async fire() {
      const startedAt = now();
      const outcome = await breaker.call(call);
      metrics.call(name, outcome, (now() - startedAt) / 1000);
      return outcome;
    },
  };
}
