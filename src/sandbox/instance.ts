import { Registry } from "prom-client";
import { type AdminReply, jsonReply } from "./admin-exchange.ts";
import { startAdminServer } from "./admin-server.ts";
import type { CallOutcome, LibraryState } from "./breaker-library.ts";
import { type BreakerReading, createBreaker } from "./breaker-policy.ts";
import type { Fault } from "./fault.ts";
import { type SystemMetrics, showProcessStart } from "./metrics/system-metrics.ts";
import type { NamedBreaker } from "./named-breaker.ts";
import type { Scenario } from "./scenario.ts";
import type { SandboxSystem } from "./systems/sandbox-system.ts";
import { isTouched } from "./touched-breakers.ts";
import type { UpstreamCaller } from "./upstream-caller.ts";
import type { Upstreams } from "./upstreams.ts";

export interface Member extends NamedBreaker {
  /** As upstreams know it, e.g. `acme-2/payments`. */
  readonly caller: string;
  readonly touched: boolean;
  /** One guarded call to the upstream. Never rejects. */
  fire(): Promise<CallOutcome>;
}

/** One replica of a system, with breakers, metrics and an admin API of its own. */
export interface Instance {
  /** Without a slash at the end. */
  readonly url: string;
  readonly system: SandboxSystem;
  readonly members: readonly Member[];
  readonly metrics: SystemMetrics;
  readonly startedAt: number;
  /** What a past that was played into the metrics has a breaker end with. */
  endPast(member: Member, state: LibraryState): void;
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
  /** True while a person has switched off what calls this breaker. */
  readonly isSwitchedOff: (system: SandboxSystem, key: string) => boolean;
}

const weekMs = 7 * 24 * 60 * 60 * 1000;

export async function startInstance(setup: InstanceSetup): Promise<Instance> {
  const { system, scenario, fault, now } = setup;
  const metrics = system.metrics(new Registry());
  const process = new Registry();
  const startedAt = now() - (scenario.startedAgoMs ?? weekMs);
  const showStart = showProcessStart(process);
  showStart(startedAt);
  let counting = false;
  let observedAt = now();
  const members = system.breakers.map((name) => createMember(setup, metrics, name, () => counting));

  async function metricsPage(): Promise<string> {
    const elapsed = (now() - observedAt) / 1000;
    observedAt = now();
    for (const { name, breaker } of members) metrics.observe(name, shown(breaker.reading()), elapsed);
    const hidden = scenario.metricsMissing === true && fault.isOn();
    const page = (await process.metrics()) + (hidden ? "" : await metrics.registry.metrics());
    return page + (metrics.lastLine ?? "");
  }

  function shown(reading: BreakerReading) {
    const { window, probeAt } = reading;
    const remainingMs = probeAt === null ? 0 : Math.max(0, probeAt - now()) * setup.timeScale;
    return { ...reading, remainingMs, errorRate: window.errors / Math.max(1, window.calls) };
  }

  const served = system.serve(members, { upstreamWorks: setup.upstreams.works });
  const pastEnds = new Map<Member, LibraryState>();

  function restart(): AdminReply {
    for (const { breaker } of members) breaker.restart();
    metrics.registry.resetMetrics();
    for (const { name } of members) metrics.register(name);
    showStart(now());
    return served.reload?.() ?? jsonReply(200, { restarted: true });
  }

  const server = await startAdminServer({
    dialect: served.answer,
    metricsPage,
    metricsPath: system.metricsPath,
    controls: {
      fault: setup.control,
      restart,
      ...(served.reload !== undefined && { reload: served.reload }),
    },
    transport: system.transport,
  });
  return {
    url: server.url,
    system,
    members,
    metrics,
    startedAt,
    endPast: (member, state) => pastEnds.set(member, state),
    countTransitions() {
      counting = true;
      for (const [{ name, breaker }, from] of pastEnds) {
        const to = breaker.reading().state;
        if (from !== to) metrics.transition(name, from, to);
      }
      pastEnds.clear();
    },
    async stop() {
      for (const { breaker } of members) breaker.stop();
      await server.stop();
    },
  };
}

function callerName({ system, index }: InstanceSetup, group: string | null): string {
  return [`${system.name}-${index + 1}`, group].filter((part) => part !== null).join("/");
}

function createMember(
  setup: InstanceSetup,
  metrics: SystemMetrics,
  name: NamedBreaker["name"],
  isCounting: () => boolean,
): Member {
  const { system, scenario, fault, now, timeScale } = setup;
  const caller = callerName(setup, name.group);
  const usual = { ...system.limits, ...system.ownLimits?.(name) };
  const touched = isTouched(scenario.touches, system.breakers, name, setup.index, setup.instances);
  const breaker = createBreaker({
    library: system.library,
    limits: touched ? { ...usual, ...scenario.limits } : usual,
    counting: system.counting,
    tuning: system.tuning,
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
      caller,
      timeoutMs: breaker.limits().callMs,
      failsOn5xx: system.failsOn5xx,
      retries: system.retries,
      onRetry: () => metrics.retry(name),
    });
  return {
    name,
    breaker,
    touched,
    caller,
    async fire() {
      if (setup.isSwitchedOff(system, name.key)) return "rejected";
      const startedAt = now();
      const outcome = await breaker.call(call);
      if (breaker.reading().mode !== "bypassed") metrics.call(name, outcome, (now() - startedAt) / 1000);
      return outcome;
    },
  };
}
