import { describe, expect, it } from "vitest";
import type { Sandbox, SandboxOptions } from "../../src/sandbox/start-sandbox.ts";
import type { SandboxSystemName } from "../../src/sandbox/systems/sandbox-system.ts";
import { part } from "./parts.ts";
import { aSandbox, context, setFault } from "./sandbox-fixture.ts";
import { waitUntil } from "./wait-until.ts";

async function withPast(
  scenario: string,
  systems: SandboxSystemName[],
  options: Partial<SandboxOptions> = {},
): Promise<Sandbox> {
  const sandbox = await aSandbox({
    scenario,
    systems,
    pastMs: 3_600_000,
    prometheus: part("prometheus"),
    alertmanager: part("prometheus-alertmanager"),
    ...options,
  });
  await sandbox.ready;
  return sandbox;
}

async function query(
  sandbox: Sandbox,
  promql: string,
): Promise<{ metric: Record<string, string>; value: [number, string] }[]> {
  const reply = await fetch(`${sandbox.prometheusUrl}/api/v1/query?query=${encodeURIComponent(promql)}`);
  expect(reply.status).toBe(200);
  return JSON.parse(await reply.text()).data.result;
}

async function value(sandbox: Sandbox, promql: string): Promise<number | null> {
  const [first] = await query(sandbox, promql);
  return first === undefined ? null : Number(first.value[1]);
}

async function alerts(sandbox: Sandbox): Promise<{ labels: Record<string, string>; startsAt: string }[]> {
  return JSON.parse(await (await fetch(`${sandbox.alertmanagerUrl}/api/v2/alerts`)).text());
}

describe("the written past", () => {
  it("of one-open shows one key open for four minutes, and the others never", async () => {
    const sandbox = await withPast("one-open", ["key-breakers"]);
    const open = await query(sandbox, "min_over_time(circuit_breaker_state[3m]) == 2");
    expect(open.map(({ metric }) => metric.key_id)).toEqual(["deepseek-2", "deepseek-2"]);
    expect(await value(sandbox, "count(count_over_time(circuit_breaker_state[1h]) >= 240)")).toBe(12);
    expect(await value(sandbox, "count(max_over_time(circuit_breaker_state[1h] offset 5m) == 0)")).toBe(12);
    expect(await value(sandbox, 'sum(circuit_breaker_trips_total{key_id="deepseek-2"})')).toBe(2);
  });

  it("has the labels of real scrapes, which go on from it", { timeout: 25_000 }, async () => {
    const sandbox = await withPast("one-open", ["acme"]);
    const past = await query(sandbox, 'acme_breaker_status{id="ledger",status="OPEN"}');
    const hosts = context(sandbox, "acme").instances.map((url) => new URL(url).host);
    expect(past.map(({ metric }) => metric)).toEqual(
      [...hosts].sort().map((instance) => ({
        __name__: "acme_breaker_status",
        id: "ledger",
        instance,
        job: "acme",
        service: "payments",
        status: "OPEN",
        system: "acme",
      })),
    );
    const newest = () => value(sandbox, "min(timestamp(acme_breaker_status))");
    const before = (await newest()) ?? 0;
    await waitUntil(async () => ((await newest()) ?? 0) > before, 20_000);
    expect(await value(sandbox, "count(acme_breaker_status)")).toBe(30);
    expect(await value(sandbox, 'min(acme_breaker_calls_total{id="index",outcome="ok"})')).toBeGreaterThan(
      3600,
    );
  });

  it("of all-open has every service turned away for ten minutes", async () => {
    const sandbox = await withPast("all-open", ["gateway"]);
    const rejected = (offset: string) =>
      `sum by (service) (rate(gateway_proxy_requests_total{status="circuit_open"}[10m]${offset})) > 0.9`;
    expect(await query(sandbox, rejected(""))).toHaveLength(7);
    expect(await query(sandbox, rejected(" offset 30m"))).toHaveLength(0);
    expect(await value(sandbox, 'count(gateway_proxy_request_duration_seconds_bucket{le="+Inf"})')).toBe(14);
  });

  it("of flapping changes about 22 times a minute", async () => {
    const sandbox = await withPast("flapping", ["key-breakers"]);
    const rate = await value(
      sandbox,
      'max(rate(circuit_breaker_transitions_total{key_id="deepseek-2"}[10m]) * 60)',
    );
    expect(rate).toBeGreaterThan(20);
    expect(rate).toBeLessThan(25);
    expect(
      await value(sandbox, 'max(rate(circuit_breaker_transitions_total{key_id="deepseek-1"}[10m]))'),
    ).toBe(0);
  });

  it("of never-opens has failures climb past the threshold of a closed breaker", async () => {
    const sandbox = await withPast("never-opens", ["key-breakers"]);
    expect(await value(sandbox, 'min(circuit_breaker_failure_count{key_id="deepseek-2"})')).toBeGreaterThan(
      500,
    );
    expect(await value(sandbox, "max(max_over_time(circuit_breaker_state[1h]))")).toBe(0);
  });

  it("of stuck-half-open has been half-open for ten minutes with one success", async () => {
    const sandbox = await withPast("stuck-half-open", ["key-breakers"]);
    expect(await query(sandbox, "min_over_time(circuit_breaker_state[10m]) == 1")).toHaveLength(2);
    expect(await value(sandbox, 'max(circuit_breaker_success_count{key_id="deepseek-2"})')).toBe(1);
  });

  it("of metrics-missing ends ten minutes ago, but for the process", async () => {
    const sandbox = await withPast("metrics-missing", ["acme"]);
    expect(await value(sandbox, "absent(acme_breaker_status)")).toBe(1);
    expect(await value(sandbox, "count(acme_breaker_status offset 11m)")).toBe(30);
    expect(await value(sandbox, "count(up == 1)")).toBe(2);
  });

  it("of after-deploy has a restart six minutes ago, where counters begin anew", async () => {
    const sandbox = await withPast("after-deploy", ["acme"]);
    expect(await value(sandbox, "max(changes(process_start_time_seconds[10m]))")).toBe(1);
    expect(await value(sandbox, "max((time() - process_start_time_seconds) / 60)")).toBeCloseTo(6, 0);
    expect(await value(sandbox, 'max(resets(acme_breaker_calls_total{id="index",outcome="ok"}[10m]))')).toBe(
      1,
    );
  });

  it("of slow-upstream has calls of more than a second", async () => {
    const sandbox = await withPast("slow-upstream", ["gateway"]);
    const p95 =
      "histogram_quantile(0.95, sum by (le, service) (rate(gateway_proxy_request_duration_seconds_bucket[5m]))) > 1";
    expect((await query(sandbox, p95)).map(({ metric }) => metric.service)).toEqual(["search-service"]);
  });
});

describe("the alert", () => {
  it("is there for each system, as old as the fault, until that ends", async () => {
    const sandbox = await withPast("all-open", ["key-breakers", "gateway", "acme"]);
    const shown = await alerts(sandbox);
    expect(shown.map(({ labels }) => labels).sort((a, b) => (`${a.job}` < `${b.job}` ? -1 : 1))).toEqual([
      {
        alertname: "AcmeAllBreakersOpen",
        service: "payments",
        id: "card-auth",
        severity: "critical",
        job: "acme",
        system: "acme",
      },
      {
        alertname: "CircuitBreakerOpen",
        service: "recommendation-service",
        severity: "critical",
        job: "gateway",
        system: "gateway",
      },
      {
        alertname: "AllKeysCircuitBreakerOpen",
        provider: "deepseek",
        severity: "critical",
        job: "key-breakers",
        system: "key-breakers",
      },
    ]);
    const ages = shown.map(({ startsAt }) => Math.round((Date.now() - Date.parse(startsAt)) / 60_000));
    expect(ages).toEqual([15, 15, 15]);
    await setFault(context(sandbox, "acme"), { end: true });
    await waitUntil(async () => (await alerts(sandbox)).length === 0);
  });

  it("is there in false-alarm, though nothing is open", async () => {
    const sandbox = await withPast("false-alarm", ["key-breakers"]);
    expect((await alerts(sandbox)).map(({ labels }) => labels.alertname)).toEqual([
      "AllKeysCircuitBreakerOpen",
    ]);
    expect(await value(sandbox, "max(max_over_time(circuit_breaker_state[1h]))")).toBe(0);
  });

  it("is not there in healthy", async () => {
    expect(await alerts(await withPast("healthy", ["acme"]))).toEqual([]);
  });
});

describe("the past of systems that are seen by their metrics", () => {
  const openSeries = 'circuit_breaker_state{service="payment-api",state="open"}';

  it.each([
    { behaveAs: "documented", closed: 0 },
    { behaveAs: "real", closed: 1 },
  ] as const)(
    "as $behaveAs leaves the closed series of an open breaker at $closed",
    async ({ behaveAs, closed }) => {
      const sandbox = await withPast("one-open", ["service-metrics"], { behaveAs, instances: 1 });
      expect(await value(sandbox, openSeries)).toBe(1);
      expect(await value(sandbox, openSeries.replace('"open"', '"closed"'))).toBe(closed);
      expect(await value(sandbox, 'circuit_breaker_transitions_total{service="payment-api",to="open"}')).toBe(
        1,
      );
    },
  );

  it("ends the series of a state that was left, where the system clears it", async () => {
    const sandbox = await withPast("one-open", ["updog"], { behaveAs: "documented", instances: 1 });
    const words = async (offset: string) => {
      const promql = `updog_circuit_breaker_state{breaker_name="http-partner-api"}${offset}`;
      return (await query(sandbox, promql)).map(({ metric }) => metric.state);
    };
    expect([await words(" offset 10m"), await words("")]).toEqual([["CLOSED"], ["OPEN"]]);
  });

  it("is scraped where the running router has its page", { timeout: 30_000 }, async () => {
    const sandbox = await withPast("one-open", ["router-policy"], { instances: 1 });
    await waitUntil(async () => {
      const reply = await fetch(`${sandbox.prometheusUrl}/api/v1/targets`);
      const [target] = JSON.parse(await reply.text()).data.activeTargets;
      return target?.health === "up" && target.scrapeUrl.endsWith("/metrics/router_metrics_http:metrics");
    }, 20_000);
  });
});

it("a present that differs from the end of its past is reached by a counted transition", async () => {
  const sandbox = await withPast("flapping", ["acme"], { pastMs: 600_000, instances: 1 });
  const page = await (await fetch(`${context(sandbox, "acme").instances[0]}/metrics`)).text();
  const inState = new Map([
    ["CLOSED", 1],
    ["OPEN", 0],
    ["PROBING", 0],
  ]);
  const changes = page.matchAll(
    /changes_total\{service="payments",id="ledger",from="(\w+)",to="(\w+)"\} (\d+)/g,
  );
  for (const [, from = "", to = "", count] of changes) {
    inState.set(from, (inState.get(from) ?? 0) - Number(count));
    inState.set(to, (inState.get(to) ?? 0) + Number(count));
  }
  expect([...inState.values()].sort()).toEqual([0, 0, 1]);
});
