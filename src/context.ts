import { breakerReader } from "./dialect/breakers.ts";
import { fillInputs } from "./dialect/inputs.ts";
import type { Auth } from "./domain/config.ts";
import { CbctlError } from "./domain/errors.ts";
import type { Instance } from "./domain/fleet.ts";
import type { CallDriver } from "./drivers/calls/driver.ts";
import { CALL_DRIVERS } from "./drivers/calls/index.ts";
import type { Store } from "./drivers/store/driver.ts";
import type { ContextPort } from "./engine/context-port.ts";
import type { Host } from "./host/host.ts";
import type { HttpTls } from "./host/http.ts";
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
  const tls = once(() => readTls(host, named));
  const credentials = once(() => readCredentials(host, config.auth));
  const calls: CallDriver = await CALL_DRIVERS.http({
    http: host.http,
    credentials,
    tls,
    shownCredentials: shownCredentials(config.auth),
    maxBytes: LARGEST_ANSWER,
    userAgent: `cbctl/${options.version}`,
    trace: options.trace,
  });
  const storePath = config.store?.file ?? `${host.places.stateFolder}/log.jsonl`;
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
    timeoutMs: options.timeoutMs,
    signal: host.signal,
    clock: host.clock,
    journal: once(async () => {
      const { openJournal } = await import("./engine/journal.ts");
      return openJournal(await store(), name, host.clock.now);
    }),
    newId: () => host.newId(),
    digest: (text) => host.digest(text),
    actor: { user: host.user.name, host: host.user.host, ci: ciJob(host.env) },
    probe: (url) => probe(host, url, options),
    store,
    storePath,
  };
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

async function readCredentials(host: Host, auth: Auth | null): Promise<Readonly<Record<string, string>>> {
  if (auth === null || "mtls" in auth) return {};
  if ("bearer" in auth) return { Authorization: `Bearer ${await host.secrets.read(auth.bearer)}` };
  if ("header" in auth) return { [auth.header.name]: await host.secrets.read(auth.header.value) };
  const password = await host.secrets.read(auth.basic.password);
  const encoded = Buffer.from(`${auth.basic.user}:${password}`).toString("base64");
  host.secrets.register(encoded);
  return { Authorization: `Basic ${encoded}` };
}

/** The credentials as curl options, with the secret left to a variable. */
function shownCredentials(auth: Auth | null): string[] {
  if (auth === null) return [];
  if ("mtls" in auth) return ["--cert", auth.mtls.cert, "--key", auth.mtls.key];
  const variable = (source: object, other: string) => ("env" in source ? `$${String(source.env)}` : other);
  if ("basic" in auth) return ["-u", `"${auth.basic.user}:${variable(auth.basic.password, "$CB_PASSWORD")}"`];
  if ("bearer" in auth) return ["-H", `"Authorization: Bearer ${variable(auth.bearer, "$CB_TOKEN")}"`];
  return ["-H", `"${auth.header.name}: ${variable(auth.header.value, "$CB_TOKEN")}"`];
}

async function readTls(host: Host, { config, file }: NamedContext): Promise<HttpTls | null> {
  const folder = file === null ? host.places.workingFolder : file.replace(/\/[^/]*$/, "");
  const pem = async (path: string): Promise<string> => {
    const absolute = path.startsWith("/") ? path : `${folder}/${path}`;
    const text = await host.files.readText(absolute);
    if (text !== null) return text;
    throw new CbctlError("usage", `there is no file ${absolute}`, {
      hint: "check tls: and auth: of the context",
      where: absolute,
    });
  };
  const { tls, auth } = config;
  const mtls = auth !== null && "mtls" in auth ? auth.mtls : null;
  if (tls === null && mtls === null) return null;
  if (tls?.insecure)
    host.terminal.note("cbctl: warning: TLS certificates are not checked in this context (tls.insecure)\n");
  return {
    ...(tls?.serverName !== undefined && { serverName: tls.serverName }),
    ...(tls?.insecure !== undefined && { insecure: tls.insecure }),
    ...(tls?.ca !== undefined && { ca: await pem(tls.ca) }),
    ...(mtls && { cert: await pem(mtls.cert), key: await pem(mtls.key) }),
  };
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
