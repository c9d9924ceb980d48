import { type Fleet, startFleet } from "./fleet.ts";
import type { Instance } from "./instance.ts";
import { type Monitoring, startMonitoring } from "./monitoring.ts";
import type { Quirk } from "./quirks.ts";
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
 * Every instance also answers GET /__sandbox/requests (what its admin API was asked), POST /__sandbox/fault,
 * POST /__sandbox/restart (as a new process) and, where it reads files, POST /__sandbox/reload (as its console would).
 */

export interface SandboxOptions {
  readonly scenario: string;
  readonly systems: readonly SandboxSystemName[];
  /** Replicas of each system. */
  readonly instances: number;
  /** Simulated seconds in one real second: shown numbers stay, real waits shrink. */
  readonly timeScale: number;
  readonly behaveAs: BehaveAs;
  /** What its systems do besides; none when not given. */
  readonly quirks?: readonly Quirk[];
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
  /** Base URLs of the admin APIs, one for each replica; empty where its metrics are all there is. */
  readonly instances: string[];
  /** Base URLs of all replicas, for the sandbox's own routes. */
  readonly replicas: string[];
  /** Path of each replica's metrics page. */
  readonly metricsPath: string;
  /** Absolute path of the folder with `<tenant>/<policy>.json`; null where it has no policies. */
  readonly policies: string | null;
  /** The feature-flag server of its runbook. */
  readonly flags: { readonly url: string; readonly token: string } | null;
  readonly auth: SandboxAuth;
  /** By breaker key; groups with the same key share it. */
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
  const quirks = new Set(options.quirks);
  const setup = { ...options, scenario, quirks, now, random: Math.random };
  const chosen = options.systems.map((name) => systems[name](setup));
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

function contextOf(system: SandboxSystem, { instances, upstreams, flags }: Fleet): SandboxContext {
  const own = instances.filter((instance: Instance) => instance.system === system);
  return {
    name: system.name,
    system: system.name,
    instances: system.hasAdminApi ? own.map(({ url }) => url) : [],
    replicas: own.map(({ url }) => url),
    metricsPath: system.metricsPath,
    policies: system.policiesFolder ?? null,
    flags: system.hasFeatureFlags && flags !== null ? { url: flags.url, token: flags.token } : null,
    auth: system.auth,
    upstreams: Object.fromEntries(
      system.breakers.map(({ key }) => [key, { health: upstreams.healthUrl(key), expect: 200 }]),
    ),
  };
}
