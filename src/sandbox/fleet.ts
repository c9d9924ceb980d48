import { type AdminReply, isRecord, jsonReply, parseJson } from "./admin-exchange.ts";
import { readBehaviour } from "./behaviour.ts";
import { createFault, type Fault } from "./fault.ts";
import { type FlagServer, startFlagServer } from "./feature-flags.ts";
import { type Instance, startInstance } from "./instance.ts";
import type { Scenario } from "./scenario.ts";
import { stageScenario } from "./stage-scenario.ts";
import type { SandboxSystem } from "./systems/sandbox-system.ts";
import { startTraffic, type Traffic } from "./traffic.ts";
import { createUpstreamCaller } from "./upstream-caller.ts";
import { startUpstreams, type Upstreams } from "./upstreams.ts";

/** All instances of all systems, and what stands behind their breakers. */
export interface Fleet {
  readonly instances: readonly Instance[];
  readonly upstreams: Upstreams;
  readonly fault: Fault;
  /** Where a system's runbook switches features off; null where none of these has one. */
  readonly flags: FlagServer | null;
  /**
   * Brings the scenario about, then lets traffic and its clock run.
   * With a past behind it, the staging is not counted again.
   */
  begin(hasPast: boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface FleetSetup {
  readonly scenario: Scenario;
  readonly systems: readonly SandboxSystem[];
  readonly instances: number;
  readonly timeScale: number;
  readonly now: () => number;
}

const usualTrafficMs = 500;
const fastestTrafficMs = 150;

export async function startFleet(setup: FleetSetup): Promise<Fleet> {
  const { scenario, systems, timeScale } = setup;
  const upstreams = await startUpstreams();
  const caller = createUpstreamCaller();
  const names = systems.flatMap((system) => system.breakers.map(({ key }) => key));
  const fault = createFault(scenario, upstreams, names, timeScale);
  const control = (body: string) => controlFault(fault, body);
  const flags = systems.some(({ hasFeatureFlags }) => hasFeatureFlags) ? await startFlagServer() : null;
  const isSwitchedOff = (system: SandboxSystem, key: string) =>
    system.hasFeatureFlags === true && flags?.isEnabled(`${key}-integration`) === false;
  const shared = { ...setup, fault, upstreams, caller, control, isSwitchedOff };
  const instances = await Promise.all(
    systems.flatMap((system) =>
      Array.from({ length: setup.instances }, (_, index) => startInstance({ ...shared, system, index })),
    ),
  );
  const traffic: Traffic[] = [];
  let stopped = false;
  return {
    instances,
    upstreams,
    fault,
    flags,
    async begin(hasPast) {
      if (!hasPast) for (const instance of instances) instance.countTransitions();
      await Promise.all(instances.map((instance) => stageScenario(scenario, instance, upstreams, timeScale)));
      if (stopped) return;
      for (const instance of instances) {
        instance.countTransitions();
        const isQuiet = (member: { readonly touched: boolean }) =>
          scenario.quiet === true && member.touched && fault.isOn();
        traffic.push(
          startTraffic(instance.members, Math.max(fastestTrafficMs, usualTrafficMs / timeScale), isQuiet),
        );
      }
      fault.startClock();
    },
    async stop() {
      stopped = true;
      fault.stop();
      for (const { stop } of traffic) stop();
      caller.stop();
      await Promise.all([upstreams.stop(), flags?.stop(), ...instances.map((instance) => instance.stop())]);
    },
  };
}

/** `{"end": true}` ends the whole fault; `{"target": "search-service" | "*", "behaviour": "ok" | "fail" | {…}}` sets upstreams. */
function controlFault(fault: Fault, body: string): AdminReply {
  const given = parseJson(body);
  if (isRecord(given) && given.end === true) {
    fault.end();
    return jsonReply(200, { ended: true });
  }
  const behaviour = isRecord(given) ? readBehaviour(given.behaviour) : null;
  if (!isRecord(given) || behaviour === null) return jsonReply(400, { error: "no such behaviour" });
  const changed = fault.set(typeof given.target === "string" ? given.target : "*", behaviour);
  return changed > 0 ? jsonReply(200, { changed }) : jsonReply(404, { error: "no such upstream" });
}
