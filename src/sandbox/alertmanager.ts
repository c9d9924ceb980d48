import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { request } from "./http-client.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";
import { runnableAlertmanager } from "./unpacked-alertmanager.ts";

export interface PostedAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly endsAt: number;
}

/** Starts Alertmanager with its data in `folder`; it notifies nobody. */
export function startAlertmanager(binary: string, folder: string): Promise<ServerProcess> {
  const home = path.resolve(folder, "alertmanager");
  mkdirSync(home, { recursive: true });
  const config = path.join(home, "alertmanager.yml");
  writeFileSync(config, JSON.stringify({ route: { receiver: "nobody" }, receivers: [{ name: "nobody" }] }));
  const argsFor = (address: string) => [
    `--config.file=${config}`,
    `--storage.path=${path.join(home, "data")}`,
    `--web.listen-address=${address}`,
    "--cluster.listen-address=",
    "--log.level=warn",
  ];
  return startServerProcess(runnableAlertmanager(binary, home), argsFor, path.join(home, "log"));
}

/** Posts alerts; one with the same labels is replaced, and one that has ended is resolved. */
export async function postAlerts(url: string, alerts: readonly PostedAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  const body = JSON.stringify(
    alerts.map((alert) => ({
      ...alert,
      startsAt: new Date(alert.startsAt).toISOString(),
      endsAt: new Date(alert.endsAt).toISOString(),
    })),
  );
  const reply = await request(`${url}/api/v2/alerts`, {
    body,
    headers: { "content-type": "application/json" },
  });
  if (reply.status !== 200)
    throw new Error(`Alertmanager did not take the alert: ${reply.status} ${reply.body}`);
}
