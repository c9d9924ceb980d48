/** Where a secret comes from. It is never written in the config or in argv itself. */
export type SecretSource =
  | { readonly env: string }
  | { readonly file: string }
  | { readonly command: readonly string[] };

export type Auth =
  | { readonly bearer: SecretSource }
  | { readonly basic: { readonly user: string; readonly password: SecretSource } }
  | { readonly header: { readonly name: string; readonly value: SecretSource } }
  | { readonly mtls: { readonly cert: string; readonly key: string } };

export interface Tls {
  /** A PEM file of the authorities to trust. */
  readonly ca?: string | undefined;
  readonly serverName?: string | undefined;
  readonly insecure?: boolean | undefined;
}

export interface Upstream {
  readonly health: string;
  /** The status that means healthy; 200 when not given. */
  readonly expect?: number | undefined;
  readonly statusPage?: string | undefined;
}

/** Where a context's metrics are, and how to ask for them. */
export interface PrometheusConfig {
  readonly url: string;
  /** Bound into every selector of the system's queries. */
  readonly match?: Readonly<Record<string, string>> | undefined;
  readonly auth?: Auth | undefined;
  readonly tls?: Tls | undefined;
  /** Such as `X-Scope-OrgID`; never credentials. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** An entry under `contexts:`: where one system runs. */
export interface ContextConfig {
  /** A name in `systems/`, or a path to a System document. */
  readonly system: string;
  /** Empty only where the system is read from its metrics. */
  readonly instances: readonly string[];
  readonly inputs: Readonly<Record<string, string | number | boolean>>;
  readonly auth: Auth | null;
  readonly tls: Tls | null;
  readonly prometheus: PrometheusConfig | null;
  readonly alertmanager: { readonly url: string } | null;
  /** By key or group. */
  readonly upstreams: Readonly<Record<string, Upstream>>;
  readonly store: { readonly file: string } | null;
  readonly protected: boolean;
  /** Sandbox contexts on loopback only: how many seconds pass there in one of ours. */
  readonly timeScale: number;
}

export interface Config {
  readonly currentContext: string | null;
  readonly contexts: Readonly<Record<string, ContextConfig>>;
}

/** The name of the context that flags or the environment make without a config. */
export const AD_HOC = "ad-hoc";
