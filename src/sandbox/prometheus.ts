import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

/** One page to scrape: `job` and `system` are its labels, `address` is `host:port`; one path for each job. */
export interface ScrapeTarget {
  readonly job: string;
  readonly path: string;
  readonly address: string;
}

/** Starts Prometheus with its data in `folder`; it accepts remote writes, old samples included. */
export function startPrometheus(
  binary: string,
  folder: string,
  targets: readonly ScrapeTarget[],
  alertmanagerUrl: string | null,
): Promise<ServerProcess> {
  const home = path.resolve(folder, "prometheus");
  mkdirSync(home, { recursive: true });
  const config = path.join(home, "prometheus.yml");
  // JSON is YAML.
  writeFileSync(config, JSON.stringify(configOf(targets, alertmanagerUrl), null, 2));
  const argsFor = (address: string) => [
    `--config.file=${config}`,
    `--storage.tsdb.path=${path.join(home, "data")}`,
    `--web.listen-address=${address}`,
    "--web.enable-remote-write-receiver",
    "--log.level=warn",
  ];
  return startServerProcess({ file: binary, cwd: home }, argsFor, path.join(home, "log"));
}

function configOf(targets: readonly ScrapeTarget[], alertmanagerUrl: string | null) {
  const alertmanagers =
    alertmanagerUrl === null ? [] : [{ static_configs: [{ targets: [hostOf(alertmanagerUrl)] }] }];
  return {
    global: { scrape_interval: "5s", scrape_timeout: "4s", evaluation_interval: "5s" },
    storage: { tsdb: { out_of_order_time_window: "30d" } },
    alerting: { alertmanagers },
    scrape_configs: [...new Set(targets.map(({ job }) => job))].map((job) => ({
      job_name: job,
      metrics_path: targets.find((target) => target.job === job)?.path ?? "/metrics",
      static_configs: [
        {
          targets: targets.filter((target) => target.job === job).map(({ address }) => address),
          labels: { system: job },
        },
      ],
    })),
  };
}

function hostOf(url: string): string {
  return new URL(url).host;
}
