import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { MetricsDriver } from "../../../src/drivers/metrics/driver.ts";
import { prometheusMetrics } from "../../../src/drivers/metrics/prometheus.ts";
import type { PrometheusOptions } from "../../../src/drivers/metrics/prometheus-exchange.ts";
import { builtinTransport } from "../../../src/host/http-builtin.ts";
import { httpClient } from "../../../src/host/http-exchange.ts";
import { startPrometheus } from "../../../src/sandbox/prometheus.ts";
import { type TimeSeries, writeSeries } from "../../../src/sandbox/remote-write.ts";
import { startServerProcess } from "../../../src/sandbox/server-process.ts";

/** A real server into which a test writes a past. */
export interface MetricsServer {
  readonly url: string;
  /** What is written can be queried as soon as this resolves. */
  write(series: readonly TimeSeries[]): Promise<void>;
  stop(): Promise<void>;
}

export const METRICS_SERVERS = {
  "Prometheus 2.42": servePrometheus,
  "VictoriaMetrics 1.79": serveVictoriaMetrics,
};

export async function servePrometheus(): Promise<MetricsServer> {
  return inFolder(async (folder) => {
    const server = await startPrometheus(part("prometheus"), folder, [], null);
    return { ...server, write: (series) => writeSeries(server.url, series) };
  });
}

async function serveVictoriaMetrics(): Promise<MetricsServer> {
  return inFolder(async (folder) => {
    const flags = [
      `-storageDataPath=${path.join(folder, "data")}`,
      "-retentionPeriod=12",
      "-search.latencyOffset=0s",
    ];
    const program = { file: part("victoria-metrics"), cwd: folder };
    const server = await startServerProcess(
      program,
      (address) => [...flags, `-httpListenAddr=${address}`],
      path.join(folder, "log"),
    );
    return {
      ...server,
      async write(series) {
        await writeSeries(server.url, series);
        await fetch(`${server.url}/internal/force_flush`);
      },
    };
  });
}

async function inFolder(start: (folder: string) => Promise<MetricsServer>): Promise<MetricsServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "cbctl-metrics-"));
  const server = await start(folder);
  return {
    ...server,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function part(program: string): string {
  const file = path.resolve(process.env.CBCTL_PARTS ?? ".parts", "root/usr/bin", program);
  if (!existsSync(file)) throw new Error(`${file} is missing: "npm test" fetches it`);
  return file;
}

/** A driver with nothing special; a case changes what it is about. */
export function driverFor(url: string, changes: Partial<PrometheusOptions> = {}): MetricsDriver {
  return prometheusMetrics({
    http: httpClient(builtinTransport()),
    url,
    headers: {},
    credentials: async () => ({}),
    tls: async () => null,
    timeoutMs: 10_000,
    maxBytes: 2 ** 24,
    signal: new AbortController().signal,
    userAgent: "cbctl/test",
    redact: (text) => text,
    trace: () => undefined,
    ...changes,
  });
}
