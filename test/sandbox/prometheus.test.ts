import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type PostedAlert, postAlerts, startAlertmanager } from "../../src/sandbox/alertmanager.ts";
import { request } from "../../src/sandbox/http-client.ts";
import { startPrometheus } from "../../src/sandbox/prometheus.ts";
import type { ServerProcess } from "../../src/sandbox/server-process.ts";
import { part } from "./parts.ts";
import { waitUntil } from "./wait-until.ts";

let folder: string;
let running: ServerProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cbctl-monitors-"));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  running = [];
  rmSync(folder, { recursive: true });
});

async function started(server: Promise<ServerProcess>): Promise<string> {
  running.push(await server);
  return (await server).url;
}

const data = async (url: string) => JSON.parse((await request(url)).body);

it("lets Prometheus scrape each instance with its job and system, and know Alertmanager", {
  timeout: 30_000,
}, async () => {
  const alertmanager = await started(startAlertmanager(part("prometheus-alertmanager"), folder));
  const targets = [
    { job: "acme", path: "/metrics", address: "127.0.0.1:1" },
    { job: "acme", path: "/metrics", address: "127.0.0.1:2" },
    { job: "gateway", path: "/metrics/", address: "127.0.0.1:3" },
  ];
  const prometheus = await started(startPrometheus(part("prometheus"), folder, targets, alertmanager));
  const scraped = await waitUntil(async () => {
    const { activeTargets } = (await data(`${prometheus}/api/v1/targets`)).data;
    return activeTargets.length === 3 && activeTargets;
  }, 20_000);
  const labels = scraped.map((target: { labels: Record<string, string> }) => target.labels);
  expect(
    labels.sort((a: { instance: string }, b: { instance: string }) => (a.instance < b.instance ? -1 : 1)),
  ).toEqual([
    { instance: "127.0.0.1:1", job: "acme", system: "acme" },
    { instance: "127.0.0.1:2", job: "acme", system: "acme" },
    { instance: "127.0.0.1:3", job: "gateway", system: "gateway" },
  ]);
  const { activeAlertmanagers } = (await data(`${prometheus}/api/v1/alertmanagers`)).data;
  expect(activeAlertmanagers).toEqual([{ url: `${alertmanager}/api/v2/alerts` }]);
});

it("posts alerts, replaces them and resolves them", async () => {
  const url = await started(startAlertmanager(part("prometheus-alertmanager"), folder));
  const now = Date.now();
  const alert: PostedAlert = {
    labels: { alertname: "Some", key: "a" },
    annotations: { summary: "first" },
    startsAt: now - 60_000,
    endsAt: now + 60_000,
  };
  const shown = async () =>
    (await data(`${url}/api/v2/alerts`)).map(
      (one: { labels: { key: string }; annotations: { summary: string } }) =>
        `${one.labels.key} ${one.annotations.summary}`,
    );
  await postAlerts(url, [alert, { ...alert, labels: { alertname: "Some", key: "b" } }]);
  await waitUntil(async () => (await shown()).length === 2);
  await postAlerts(url, [{ ...alert, annotations: { summary: "second" } }]);
  await waitUntil(async () => (await shown()).sort().join() === "a second,b first");
  await postAlerts(url, [{ ...alert, endsAt: now }]);
  await waitUntil(async () => (await shown()).join() === "b first");
});

it("says why Alertmanager refused", async () => {
  const url = await started(startAlertmanager(part("prometheus-alertmanager"), folder));
  const nameless = { labels: {}, annotations: {}, startsAt: 0, endsAt: 1 };
  await expect(postAlerts(url, [nameless])).rejects.toThrow(/did not take the alert: 400/);
});

it("starts no program that is not there", async () => {
  await expect(startPrometheus(path.join(folder, "nothing"), folder, [], null)).rejects.toThrow(
    "does not start",
  );
});
