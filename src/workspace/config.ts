import { AD_HOC, type Config, type ContextConfig, type PrometheusConfig } from "../domain/config.ts";
import { CbctlError } from "../domain/errors.ts";
import { pathFrom } from "../domain/file-path.ts";
import { nearNamesHint } from "../domain/near-names.ts";
import type { Host } from "../host/host.ts";
import { assertKind, type ReadDocument } from "./checked-documents.ts";

/** What the command line and the environment say about where to work. */
export interface Overrides {
  readonly context: string | null;
  readonly config: string | null;
  readonly system: string | null;
  readonly adminUrls: readonly string[];
  readonly prometheusUrl: string | null;
}

/** The config file of the user, and which file it is. Without one, a config of no contexts. */
export interface ConfigFile {
  readonly path: string;
  readonly exists: boolean;
  readonly config: Config;
}

export interface NamedContext {
  readonly name: string;
  readonly config: ContextConfig;
  /** Null when it comes from flags or the environment alone. */
  readonly file: string | null;
}

export async function readConfig(host: Host, read: ReadDocument, overrides: Overrides): Promise<ConfigFile> {
  const path = configPath(host, overrides);
  const document = await read(path);
  if (document) {
    assertKind(document, "Config", path);
    return { path, exists: true, config: document.value as Config };
  }
  if (path !== defaultPath(host)) {
    throw new CbctlError("usage", `there is no config file ${path}`, {
      hint: "cbctl context add NAME makes one",
      where: path,
    });
  }
  return { path, exists: false, config: { currentContext: null, contexts: {} } };
}

function defaultPath(host: Host): string {
  return `${host.places.configFolder}/config.yaml`;
}

/** The config file that is meant: by flag, by environment, else the user's own. */
export function configPath(host: Host, { config }: Overrides): string {
  return absolutePath(config ?? (host.env["CBCTL_CONFIG"] || defaultPath(host)), host);
}

export function absolutePath(path: string, host: Host): string {
  return pathFrom(host.places.workingFolder, path);
}

/** The context to work in: by flags, else by the environment, else the config's current one. */
export function chooseContext(
  host: Host,
  file: () => Promise<ConfigFile>,
  overrides: Overrides,
): Promise<NamedContext> {
  const { env } = host;
  const byFlags = overrides.adminUrls.length > 0 || overrides.system !== null;
  if (byFlags && overrides.context !== null) {
    throw new CbctlError("usage", "--context and --system or --admin-url exclude each other", {
      reason: "a context's credentials are not sent to another address",
      hint: "give one or the other",
    });
  }
  if (byFlags) return Promise.resolve(adHoc(host, overrides));
  const name = overrides.context ?? (env["CBCTL_CONTEXT"] || null);
  const byEnvironment = env["CBCTL_ADMIN_URL"] || (env["CBCTL_SYSTEM"] && env["CBCTL_PROMETHEUS_URL"]);
  if (name === null && byEnvironment) return Promise.resolve(adHoc(host, overrides));
  return contextOfFile(file, name, overrides);
}

async function contextOfFile(
  file: () => Promise<ConfigFile>,
  name: string | null,
  overrides: Overrides,
): Promise<NamedContext> {
  const { config, path, exists } = await file();
  const names = Object.keys(config.contexts);
  const chosen = name ?? config.currentContext ?? (names.length === 1 ? (names[0] as string) : null);
  if (chosen === null) {
    throw new CbctlError("usage", names.length > 0 ? "no context is chosen" : "no context is known", {
      reason: exists ? `${path} has no current-context` : `there is no config file ${path}`,
      hint:
        names.length > 0
          ? `cbctl context use NAME, of: ${names.join(", ")}`
          : "cbctl context add NAME --system S --admin-url URL",
    });
  }
  const found = contextOf({ path, config }, chosen);
  const prometheus =
    overrides.prometheusUrl === null
      ? found.prometheus
      : elsewhere(found.prometheus, overrides.prometheusUrl);
  return { name: chosen, config: { ...found, prometheus }, file: path };
}

/** What is asked stays, how to prove who asks does not: credentials are not sent to another address. */
function elsewhere(prometheus: PrometheusConfig | null, url: string): PrometheusConfig {
  assertUrl(url);
  return prometheus?.url === url ? prometheus : { url, match: prometheus?.match };
}

/** A context of a config by its name. @throws CbctlError `unknown-name` with near names. */
export function contextOf(
  { config, path }: Pick<ConfigFile, "config" | "path">,
  name: string,
): ContextConfig {
  const found = Object.hasOwn(config.contexts, name) ? config.contexts[name] : undefined;
  if (found) return found;
  throw new CbctlError("unknown-name", `no context "${name}"`, {
    hint: nearNamesHint(name, Object.keys(config.contexts)),
    where: path,
  });
}

function adHoc(host: Host, { system, adminUrls, prometheusUrl }: Overrides): NamedContext {
  const { env } = host;
  const urls =
    adminUrls.length > 0 ? adminUrls : (env["CBCTL_ADMIN_URL"] ?? "").split(/[\s,]+/).filter(Boolean);
  const speaks = system ?? (env["CBCTL_SYSTEM"] || null);
  if (speaks === null) {
    throw new CbctlError("usage", "an admin URL alone does not say which system answers there", {
      hint: "add --system NAME; cbctl system list shows them",
    });
  }
  const prometheus = prometheusUrl ?? (env["CBCTL_PROMETHEUS_URL"] || null);
  if (urls.length === 0 && prometheus === null) {
    throw new CbctlError("usage", "a system alone does not say where it runs", {
      hint: "add --admin-url URL; or --prometheus-url URL, for a system that is read from its metrics",
    });
  }
  for (const url of prometheus === null ? urls : [...urls, prometheus]) assertUrl(url);
  return {
    name: AD_HOC,
    file: null,
    config: {
      system: speaks,
      instances: urls,
      inputs: {},
      auth: env["CBCTL_TOKEN"] ? { bearer: { env: "CBCTL_TOKEN" } } : null,
      tls: null,
      prometheus: prometheus === null ? null : { url: prometheus },
      alertmanager: null,
      upstreams: {},
      store: null,
      protected: false,
      timeScale: 1,
    },
  };
}

function assertUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (
    url &&
    (url.protocol === "http:" || url.protocol === "https:") &&
    url.username === "" &&
    url.password === ""
  )
    return;
  const credentials = url !== null && url.username !== "";
  throw new CbctlError(
    "usage",
    credentials ? "credentials do not belong in a URL" : `"${text}" is not an http or https URL`,
    {
      hint: credentials ? "set CBCTL_TOKEN, or auth: in a context" : "for example http://localhost:8080",
    },
  );
}
