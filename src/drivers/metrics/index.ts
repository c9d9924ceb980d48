import type { MetricsDriver } from "./driver.ts";
import type { PrometheusOptions } from "./prometheus-exchange.ts";

/** The metrics servers that can be asked, each loaded when a context names one. */
export const METRICS_DRIVERS = {
  prometheus: async (options: PrometheusOptions): Promise<MetricsDriver> =>
    (await import("./prometheus.ts")).prometheusMetrics(options),
} as const;
