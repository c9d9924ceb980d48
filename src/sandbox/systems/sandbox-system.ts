import type { AdminReply, Dialect } from "../admin-exchange.ts";
import type { Transport } from "../admin-server.ts";
import type { Behaviour } from "../behaviour.ts";
import type { LibraryFactory } from "../breaker-library.ts";
import type { BreakerLimits } from "../breaker-policy.ts";
import type { MetricsFactory } from "../metrics/system-metrics.ts";
import type { BreakerName, NamedBreaker } from "../named-breaker.ts";
import type { Quirk } from "../quirks.ts";
import type { AlertKind, Scenario } from "../scenario.ts";
import type { TuningFactory } from "../tunings/tuning.ts";

export const sandboxSystemNames = [
  "key-breakers",
  "gateway",
  "acme",
  "agent-breakers",
  "updog",
  "service-metrics",
  "router-policy",
  "router-extensions",
] as const;

export type SandboxSystemName = (typeof sandboxSystemNames)[number];

export type BehaveAs = "documented" | "real";

export type SandboxAuth =
  | null
  | { readonly bearer: string }
  | { readonly header: { readonly name: string; readonly value: string } };

/** What an instance's server can see beyond its breakers. */
interface Surroundings {
  /** False while the service behind this breaker is down. */
  upstreamWorks(key: string): boolean;
}

export interface Served {
  readonly answer: Dialect;
  /** Reads its settings again, where it keeps them in files; also done when it starts again. */
  reload?(): AdminReply;
}

/** One breaker platform of the sandbox: its breakers, its library, its admin API and its metrics. */
export interface SandboxSystem {
  readonly name: SandboxSystemName;
  readonly breakers: readonly BreakerName[];
  readonly limits: BreakerLimits;
  /** Where one breaker's differ. */
  ownLimits?(breaker: BreakerName): Partial<BreakerLimits>;
  readonly counting: "consecutive" | "window";
  readonly library: LibraryFactory;
  readonly tuning?: TuningFactory;
  /** What its upstreams do when they are down, such that its breakers notice. */
  readonly broken: Behaviour;
  readonly failsOn5xx: boolean;
  readonly retries: number;
  readonly metrics: MetricsFactory;
  /** With a slash at the end, the same path without it redirects there. */
  readonly metricsPath: string;
  readonly auth: SandboxAuth;
  /** False where its breakers are seen by their metrics only. */
  readonly hasAdminApi: boolean;
  /** Its runbook knows a server that switches the feature `<key>-integration` off. */
  readonly hasFeatureFlags?: true;
  readonly transport?: Transport;
  /** An absolute path: `<tenant>/<policy>.json`, read by every instance. */
  readonly policiesFolder?: string;
  /** Called once for each instance. */
  serve(breakers: readonly NamedBreaker[], surroundings: Surroundings): Served;
  alert(kind: AlertKind, breaker: BreakerName): Readonly<Record<string, string>>;
}

export interface SystemSetup {
  readonly behaveAs: BehaveAs;
  readonly quirks: ReadonlySet<Quirk>;
  readonly scenario: Scenario;
  /** Simulated seconds in one real second. */
  readonly timeScale: number;
  /** An existing folder for what the system keeps in files. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly random: () => number;
}
