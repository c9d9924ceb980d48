import { breakerReader } from "./dialect/breakers.ts";
import { fillInputs } from "./dialect/inputs.ts";
import { AD_HOC, type ContextConfig } from "./domain/config.ts";
import { CbctlError } from "./domain/errors.ts";
import { folderOf, pathFrom } from "./domain/file-path.ts";
import type { Instance } from "./domain/fleet.ts";
import { readCredentials, shownCredentials } from "./drivers/calls/credentials.ts";
import type { CallDriver } from "./drivers/calls/driver.ts";
import { CALL_DRIVERS } from "./drivers/calls/index.ts";
import type { Store } from "./drivers/store/driver.ts";
import type { ContextPort, MetricsSource } from "./engine/context-port.ts";
import type { Files, Host } from "./host/host.ts";
import type { NamedContext } from "./workspace/config.ts";
import type { KnownSystem } from "./workspace/systems.ts";

/** One context, opened for one command. */
export interface Context extends ContextPort {
  readonly named: NamedContext;
  readonly known: KnownSystem;
  readonly store: () => Promise<Store>;
  readonly storePath: string;
}

export interface ContextOptions {
  readonly timeoutMs: number;
  readonly version: string;
  readonly trace: (line: string) => void;
  readonly warn: (line: string) => void;
}

const LARGEST_ANSWER = 16 * 1024 * 1024;

/** Joins a context's config with the drivers that it needs; each part is made on first use. */
export async function openContext(
  host: Host,
  named: NamedContext,
  known: KnownSystem,
  options: ContextOptions,
): Promise<Context> {
  const { config, name } = named;
  const folder = named.file === null ? host.places.workingFolder : folderOf(named.file);
  if (config.tls?.insecure) options.warn("TLS certificates are not checked in this context (tls.insecure)");
  const calls: CallDriver = await CALL_DRIVERS.http({
    http: host.http,
    credentials: once(() => readCredentials(config.auth, folder, host.secrets)),
    tls: tlsOf(config, folder, host.files),
    shownCredentials: shownCredentials(config.auth),
    maxBytes: LARGEST_ANSWER,
    redact: host.secrets.redact,
    userAgent: `cbctl/${options.version}`,
    trace: options.trace,
  });
  const storePath =
    config.store === null ? `${host.places.stateFolder}/log.jsonl` : pathFrom(folder, config.store.file);
  const store = once(async () => {
    const { openStore } = await import("./drivers/store/index.ts");
    return openStore({
      file: storePath,
      files: host.files,
      clock: host.clock,
      redact: host.secrets.redact,
      newId: () => host.newId(),
    });
  });
  const system = fillInputs(known.system, config.inputs);
  if (system.read !== null && config.instances.length === 0) throw noInstances(name, system.name);
  return {
    name,
    named,
    system,
    known,
    instances: instancesOf(config.instances),
    isProtected: config.protected,
    assertTrusted: () => assertTrusted(known),
    timeScale: config.timeScale,
    upstreams: config.upstreams,
    reader: onceNow(() => {
      if (system.read === null)
        throw new CbctlError("unsupported", `system ${system.name} has no admin API to read`);
      return breakerReader(system, system.read);
    }),
    calls,
    metrics: once(() => openMetrics(host, config, folder, options)),
    timeoutMs: options.timeoutMs,
    signal: host.signal,
    clock: host.clock,
    journal: once(async () => {
      const { openJournal } = await import("./engine/journal.ts");
      return openJournal(await store(), name, host.clock.now);
    }),
    newId: () => host.newId(),
    digest: (text) => host.digest(text),
    // Only a change asks who acts; a reading does not look the user up.
    get actor() {
      return { user: host.user.name, host: host.user.host, ci: ciJob(host.env) };
    },
    probe: (url) => probe(host, url, options),
    store,
    storePath,
  };
}

async function openMetrics(
  host: Host,
  { prometheus }: ContextConfig,
  folder: string,
  options: ContextOptions,
): Promise<MetricsSource> {
  if (prometheus === null) {
    throw new CbctlError("usage", "the context names no Prometheus", {
      hint: "add prometheus: {url: …} to it, or --prometheus-url URL",
    });
  }
  const { auth = null, tls = null, url, match = {}, headers = {} } = prometheus;
  if (tls?.insecure) options.warn("the certificate of Prometheus is not checked (prometheus.tls.insecure)");
  const { METRICS_DRIVERS } = await import("./drivers/metrics/index.ts");
  const driver = await METRICS_DRIVERS.prometheus({
    http: host.http,
    url,
    headers,
    credentials: once(() => readCredentials(auth, folder, host.secrets)),
    tls: tlsOf({ auth, tls }, folder, host.files),
    timeoutMs: options.timeoutMs,
    maxBytes: LARGEST_ANSWER,
    signal: host.signal,
    userAgent: `cbctl/${options.version}`,
    redact: host.secrets.redact,
    trace: options.trace,
  });
  return { driver, url, match };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function onceNow<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Instances are named by what tells them apart: host and port, and the path where there is one. One named twice is asked once. */
function instancesOf(urls: readonly string[]): Instance[] {
  const instances = urls.map((url) => {
    const { host, pathname } = new URL(url);
    return { name: pathname === "/" ? host : `${host}${pathname.replace(/\/$/, "")}`, url };
  });
  return [...new Map(instances.map((instance) => [instance.name, instance])).values()];
}

/** Loads what reads certificates only where there are any: most contexts have none. */
function tlsOf(settings: Pick<ContextConfig, "auth" | "tls">, folder: string, files: Files) {
  const { auth, tls } = settings;
  const isUsual = tls === null && (auth === null || !("mtls" in auth));
  return once(async () =>
    isUsual ? null : (await import("./drivers/calls/tls.ts")).readTls(settings, folder, files),
  );
}

function noInstances(context: string, system: string): CbctlError {
  return new CbctlError("usage", `context ${context} has no instances`, {
    reason: `system ${system} is read from its admin API`,
    hint: context === AD_HOC ? "add --admin-url URL" : "add instances: URL to it",
  });
}

function assertTrusted({ trusted, path, system }: KnownSystem): void {
  if (trusted) return;
  throw new CbctlError(
    "untrusted",
    `system ${system.name} may read but not change: its document is not trusted`,
    {
      where: path,
      hint: `read it, then: cbctl trust ${path}`,
    },
  );
}

/** The job that runs this, as the usual CI systems name it. */
function ciJob(env: Host["env"]): string | null {
  const job = env["GITHUB_RUN_ID"] ?? env["CI_JOB_ID"] ?? env["BUILD_TAG"] ?? env["BUILDKITE_BUILD_ID"];
  return job ?? (env["CI"] ? "ci" : null);
}

async function probe(host: Host, url: string, { timeoutMs, version }: ContextOptions): Promise<number> {
  const { status } = await host.http.exchange({
    method: "GET",
    url,
    headers: { "User-Agent": `cbctl/${version}`, "Cache-Control": "no-cache" },
    credentials: {},
    body: null,
    timeoutMs,
    maxBytes: LARGEST_ANSWER,
    tls: null,
    signal: host.signal,
  });
  return status;
}
