import type { BreakerReader } from "../dialect/breakers.ts";
import type { Upstream } from "../domain/config.ts";
import type { Instance } from "../domain/fleet.ts";
import type { Actor } from "../domain/journal.ts";
import type { Labels } from "../domain/metric-series.ts";
import type { System } from "../domain/system.ts";
import type { CallDriver } from "../drivers/calls/driver.ts";
import type { MetricsDriver } from "../drivers/metrics/driver.ts";
import type { Journal } from "./journal.ts";

/** Where metrics are: whom to ask, and the labels that are bound into every selector. */
export interface MetricsSource {
  readonly driver: MetricsDriver;
  readonly url: string;
  readonly match: Labels;
}

/** What the engine needs of an opened context. */
export interface ContextPort {
  readonly name: string;
  readonly system: System;
  readonly instances: readonly Instance[];
  readonly isProtected: boolean;
  /** Throws `untrusted` when the system's document may read but not change. */
  readonly assertTrusted: () => void;
  /** Seconds that pass there in one of ours; 1 but in a sandbox. */
  readonly timeScale: number;
  readonly upstreams: Readonly<Record<string, Upstream>>;
  /** Compiled on first use. @throws CbctlError `unsupported` when the system cannot be read this way. */
  readonly reader: () => BreakerReader;
  readonly calls: CallDriver;
  /** Opened on first use. @throws CbctlError `usage` when the context names no Prometheus. */
  readonly metrics: () => Promise<MetricsSource>;
  /** Of one round of requests. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly clock: {
    now(): number;
    sleep(ms: number, signal: AbortSignal): Promise<void>;
  };
  readonly journal: () => Promise<Journal>;
  readonly newId: () => string;
  readonly digest: (text: string) => string;
  readonly actor: Actor;
  /** The status that a URL answers to a plain GET; throws CbctlError when there is no answer. */
  readonly probe: (url: string) => Promise<number>;
}
