import type { Dialect } from "../admin-exchange.ts";
import type { Behaviour } from "../behaviour.ts";
import type { LibraryFactory } from "../breaker-library.ts";
import type { BreakerLimits } from "../breaker-policy.ts";
import type { MetricsFactory } from "../metrics/system-metrics.ts";
import type { BreakerName, NamedBreaker } from "../named-breaker.ts";
import type { AlertKind } from "../scenario.ts";

export type SandboxSystemName = "key-breakers" | "gateway" | "acme";

export type BehaveAs = "documented" | "real";

export type SandboxAuth =
  | null
  | { readonly bearer: string }
  | { readonly header: { readonly name: string; readonly value: string } };

/** One breaker platform of the sandbox: its breakers, its library, its admin API and its metrics. */
export interface SandboxSystem {
  readonly name: SandboxSystemName;
  readonly breakers: readonly BreakerName[];
  readonly limits: BreakerLimits;
  readonly counting: "consecutive" | "window";
  readonly library: LibraryFactory;
  /** What its upstreams do when they are down, such that its breakers notice. */
  readonly broken: Behaviour;
  readonly failsOn5xx: boolean;
  readonly retries: number;
  readonly metrics: MetricsFactory;
  readonly metricsPath: "/metrics" | "/metrics/";
  readonly auth: SandboxAuth;
  dialect(breakers: readonly NamedBreaker[]): Dialect;
  alert(kind: AlertKind, breaker: BreakerName): Readonly<Record<string, string>>;
}

export interface SystemSetup {
  readonly behaveAs: BehaveAs;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
