import { type PostedAlert, postAlerts, startAlertmanager } from "./alertmanager.ts";
import type { Fleet } from "./fleet.ts";
import { replayPast } from "./history.ts";
import type { Instance } from "./instance.ts";
import { startPrometheus } from "./prometheus.ts";
import { writeSeries } from "./remote-write.ts";
import type { Scenario } from "./scenario.ts";

/** Prometheus and Alertmanager beside the fleet, as far as their binaries are there. */
export interface Monitoring {
  readonly prometheusUrl: string | null;
  readonly alertmanagerUrl: string | null;
  /** Writes the last `pastMs` before `now` into Prometheus, where there is one. */
  writePast(scenario: Scenario, pastMs: number, now: number): Promise<void>;
  /** Posts the scenario's alert, one for each system, and resolves it when the fault ends. */
  raiseAlert(scenario: Scenario, now: () => number): Promise<void>;
  stop(): Promise<void>;
}

export interface MonitoringSetup {
  readonly prometheus: string | null;
  readonly alertmanager: string | null;
  readonly folder: string;
}

const hourMs = 60 * 60 * 1000;

export async function startMonitoring(setup: MonitoringSetup, fleet: Fleet): Promise<Monitoring> {
  const { folder, prometheus: prometheusBinary, alertmanager: alertmanagerBinary } = setup;
  const alertmanager =
    alertmanagerBinary === null ? null : await startAlertmanager(alertmanagerBinary, folder);
  const alertmanagerUrl = alertmanager?.url ?? null;
  const targets = fleet.instances.map(({ system, url }) => ({
    job: system.name,
    address: new URL(url).host,
    path: system.metricsPath,
  }));
  const prometheus =
    prometheusBinary === null
      ? null
      : await startPrometheus(prometheusBinary, folder, targets, alertmanagerUrl).catch(async (failure) => {
          await alertmanager?.stop();
          throw failure;
        });

  return {
    prometheusUrl: prometheus?.url ?? null,
    alertmanagerUrl,
    async writePast(scenario, pastMs, now) {
      if (prometheus === null) return;
      for (const instance of fleet.instances) {
        const labels = scrapeLabels(instance);
        await writeSeries(prometheus.url, await replayPast(scenario, instance, labels, pastMs, now));
      }
    },
    async raiseAlert(scenario, now) {
      if (alertmanagerUrl === null) return;
      const startsAt = now() - scenario.beganAgoMs;
      const post = (endsAt: number) =>
        postAlerts(alertmanagerUrl, alertsOf(scenario, fleet, startsAt, endsAt));
      await post(now() + hourMs);
      // A sandbox that is going down has no one left to tell.
      fleet.fault.onEnd(() => void post(now()).catch(() => undefined));
    },
    async stop() {
      await Promise.all([prometheus?.stop(), alertmanager?.stop()]);
    },
  };
}

/** The labels that a scrape of this instance gives its series. */
function scrapeLabels({ system, url }: Instance): Record<string, string> {
  return { job: system.name, instance: new URL(url).host, system: system.name };
}

function alertsOf(scenario: Scenario, fleet: Fleet, startsAt: number, endsAt: number): PostedAlert[] {
  const { alert } = scenario;
  if (alert === null) return [];
  const severity = alert === "all-open" || alert === "majority-open" ? "critical" : "warning";
  return [...new Set(fleet.instances.map(({ system }) => system))].map((system) => {
    const members = fleet.instances
      .filter((instance) => instance.system === system)
      .flatMap(({ members }) => members);
    const about = members.find(({ touched }) => touched) ?? members[0];
    const own = about === undefined ? {} : system.alert(alert, about.name);
    return {
      labels: { ...own, severity, job: system.name, system: system.name },
      annotations: { summary: scenario.title },
      startsAt,
      endsAt,
    };
  });
}
