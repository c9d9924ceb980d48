import type { BehaveAs, SandboxSystemName } from "../../../src/sandbox/systems/sandbox-system.ts";

/** What the scenario suite must know of a system. */
interface ScenarioView {
  /** The breaker that scenarios of one breaker touch, as the system names it. */
  readonly second: string;
  readonly upstream: string;
  readonly words: { readonly closed: string; readonly open: string; readonly halfOpen: string };
  readonly behaveAs: BehaveAs;
  readonly readBy: "api" | "metrics";
  readonly reset: { readonly path: string; readonly body?: unknown };
}

const lower = { closed: "closed", open: "open", halfOpen: "half_open" };
const upper = { closed: "CLOSED", open: "OPEN", halfOpen: "HALF_OPEN" };
/** The way of those that have no reset. */
const restart = { path: "/__sandbox/restart" };

const common = { words: lower, behaveAs: "real", readBy: "api" } as const;
// Where states are read from a metrics page, the page must clear those that are left.
const byMetrics = { words: lower, behaveAs: "documented", readBy: "metrics", reset: restart } as const;

export const scenarioViews: Readonly<Record<SandboxSystemName, ScenarioView>> = {
  "key-breakers": {
    ...common,
    second: "deepseek-2",
    upstream: "deepseek-2",
    reset: { path: "/api/v1/circuit-breaker/deepseek-2/reset" },
  },
  gateway: {
    ...common,
    second: "search-service",
    upstream: "search-service",
    reset: { path: "/api/v1/circuit-breakers/search-service/reset" },
  },
  acme: {
    ...common,
    second: "ledger",
    upstream: "ledger",
    words: { closed: "CLOSED", open: "OPEN", halfOpen: "PROBING" },
    reset: { path: "/ops/breakers/payments/ledger/actions", body: { do: "reset" } },
  },
  "agent-breakers": {
    ...common,
    second: "perplexity_api",
    upstream: "perplexity_api",
    reset: { path: "/api/v1/circuit-breakers/perplexity_api/reset" },
  },
  updog: { ...byMetrics, second: "http-partner-api", upstream: "http-partner-api", words: upper },
  "router-extensions": { ...common, second: "pii_guard", upstream: "pii_guard", reset: restart },
  "service-metrics": { ...byMetrics, second: "payment-api", upstream: "payment-api" },
  "router-policy": { ...byMetrics, second: "acme-corp/mistral", upstream: "mistral" },
};
