import { type Fleet, startFleet } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import { type Monitoring, startMonitoring } from "./monitoring.ts";
import type { Scenario } from "./scenario.ts";
import { scenarios as allScenarios } from "./scenarios/index.ts";
import { systems } from "./systems/index.ts";
import type { BehaveAs, SandboxAuth, SandboxSystem, SandboxSystemName } from "./systems/sandbox-system.ts";

/*
 * The sandbox is a fleet of real circuit breakers in one process: each instance has its own breakers (of opossum or
 * cockatiel), which guard real HTTP calls to upstreams that the sandbox runs too, an admin API in its system's
 * dialect, and a /metrics page. A scenario decides which upstreams fail and how it ends. Prometheus and Alertmanager
 * run beside it where their binaries are given. Everything listens on loopback only and ends with `stop`.
 *
 * Every instance also answers GET /__sandbox/requests (what its admin API was asked) and POST /__sandbox/fault.
 */

export interface SandboxOptions {
  readonly scenario: string;
  readonly systems: readonly SandboxSystemName[];
  /** Replicas of each system. */
  readonly instances: number;
  /** Simulated seconds in one real second: shown numbers stay, real waits shrink. */
  readonly timeScale: number;
  readonly behaveAs: BehaveAs;
  /** Writes so many milliseconds of the scenario's past into Prometheus and posts its alert; null: neither. */
  readonly pastMs: number | null;
  /** Paths of the binaries; null: it is not there. */
  readonly prometheus: string | null;
  readonly alertmanager: string | null;
  /** An existing, empty folder that the caller removes afterwards. */
  readonly folder: string;
  /** When it aborts, everything stops. */
  readonly signal: AbortSignal;
  /** Progress for a person. */
  readonly log: (line: string) => void;
}

export interface SandboxContext {
  readonly name: string;
  readonly system: string;
  /** Base URLs, one for each replica. */
  readonly instances: string[];
  readonly auth: SandboxAuth;
  /** By breaker key. */
  readonly upstreams: Record<string, { readonly health: string; readonly expect: number }>;
}

export interface Sandbox {
  readonly contexts: SandboxContext[];
  readonly prometheusUrl: string | null;
  readonly alertmanagerUrl: string | null;
  /** Resolves when the breakers are as the scenario wants them and its past is written, or when it was stopped before. */
  readonly ready: Promise<void>;
  /** Ends servers, connections, timers and child processes. Can be called again. */
  stop(): Promise<void>;
}

/** Starts the fleet; the admin APIs answer when this resolves. Rejects on an unknown scenario or a binary that fails. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const scenario = allScenarios.find(({ name }) => name === options.scenario);
  if (scenario === undefined) throw new Error(`no scenario is called "${options.scenario}"`);
  const now = () => Date.now();
  const chosen = options.systems.map((name) => systems[name]({ behaveAs: options.behaveAs, now }));
  const fleet = await startFleet({ ...options, scenario, systems: chosen, now });
  options.log(`${fleet.instances.length} instances, scenario ${scenario.name}: ${scenario.title}`);
  const monitoring = await startMonitoring(options, fleet).catch(async (failure) => {
    await fleet.stop();
    throw failure;
  });
  let stopping: Promise<unknown> | undefined;
  async function stop(): Promise<void> {
    stopping ??= Promise.all([fleet.stop(), monitoring.stop()]);
    await stopping;
  }
  if (options.signal.aborted) await stop();
  options.signal.addEventListener("abort", () => void stop(), { once: true });
  return {
    contexts: chosen.map((system) => contextOf(system, fleet)),
    prometheusUrl: monitoring.prometheusUrl,
    alertmanagerUrl: monitoring.alertmanagerUrl,
    // What is stopped half-way has not failed.
    ready: begin(options, scenario, fleet, monitoring, now).catch((failure) => {
      if (stopping === undefined) throw failure;
    }),
    stop,
  };
}

async function begin(
  { pastMs }: SandboxOptions,
  scenario: Scenario,
  fleet: Fleet,
  monitoring: Monitoring,
  now: () => number,
): Promise<void> {
  if (pastMs !== null) await monitoring.writePast(scenario, pastMs, now());
  await fleet.begin(pastMs !== null && monitoring.prometheusUrl !== null);
  if (pastMs !== null) await monitoring.raiseAlert(scenario, now);
}

function contextOf(system: SandboxSystem, { instances, upstreams }: Fleet): SandboxContext {
  const own = instances.filter((instance: Instance) => instance.system === system);
  return {
    name: system.name,
    system: system.name,
    instances: own.map(({ url }) => url),
    auth: system.auth,
    upstreams: Object.fromEntries(
      system.breakers.map(({ key }) => [key, { health: upstreams.healthUrl(key), expect: 200 }]),
    ),
  };
}
