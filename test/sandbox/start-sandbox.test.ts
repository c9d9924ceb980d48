import { describe, expect, it } from "vitest";
import { states } from "./read-states.ts";
import { aSandbox, ask, context, setFault } from "./sandbox-fixture.ts";
import { waitUntil } from "./wait-until.ts";

describe("faults", () => {
  it.each([
    { fault: { target: "ghost", behaviour: "fail" }, status: 404 },
    { fault: { behaviour: "explode" }, status: 400 },
    { fault: {}, status: 400 },
    { fault: [], status: 400 },
    { fault: { behaviour: { kind: "slow", ms: 1 } }, status: 200 },
  ])("$fault is answered with $status", async ({ fault, status }) => {
    const sandbox = await aSandbox({ systems: ["acme"], instances: 1 });
    expect((await setFault(context(sandbox, "acme"), fault)).status).toBe(status);
  });
});

describe("metrics", () => {
  const page = async (url: string | undefined) => (await fetch(`${url}/metrics`)).text();

  it("count the staging where there is no past", async () => {
    const sandbox = await aSandbox({ scenario: "one-open", systems: ["key-breakers"] });
    await sandbox.ready;
    expect(await page(sandbox.contexts[0]?.instances[1])).toContain(
      'circuit_breaker_trips_total{key_id="deepseek-2",provider="deepseek"} 1',
    );
  });

  it("lack the breakers in metrics-missing until that ends", async () => {
    const sandbox = await aSandbox({ scenario: "metrics-missing", systems: ["acme"], instances: 1 });
    await sandbox.ready;
    const of = context(sandbox, "acme");
    expect(await page(of.instances[0])).toContain("process_start_time_seconds");
    expect(await page(of.instances[0])).not.toContain("acme_");
    await setFault(of, { end: true });
    expect(await page(of.instances[0])).toContain("acme_breaker_status");
  });

  it("show failures past the threshold in never-opens", async () => {
    const sandbox = await aSandbox({ scenario: "never-opens", systems: ["key-breakers"], instances: 1 });
    await sandbox.ready;
    const [, count] =
      (await page(sandbox.contexts[0]?.instances[0])).match(/failure_count\{key_id="deepseek-2".*\} (\d+)/) ??
      [];
    expect(Number(count)).toBeGreaterThan(5);
  });

  it("show a recent start in after-deploy only", async () => {
    const ages: number[] = [];
    for (const scenario of ["after-deploy", "one-open"]) {
      const sandbox = await aSandbox({ scenario, systems: ["acme"], instances: 1 });
      const [, start] =
        (await page(sandbox.contexts[0]?.instances[0])).match(/^process_start_time_seconds (\S+)/m) ?? [];
      ages.push(Math.round((Date.now() / 1000 - Number(start)) / 60));
    }
    expect(ages).toEqual([6, 7 * 24 * 60]);
  });
});

describe("the gateway's traps", () => {
  it("has a breaker that takes an upstream's 503 for a success", async () => {
    const sandbox = await aSandbox({ systems: ["gateway"], instances: 1, timeScale: 10 });
    await sandbox.ready;
    const of = context(sandbox, "gateway");
    await setFault(of, { target: "search-service", behaviour: "fail" });
    expect((await fetch(of.upstreams["search-service"]?.health ?? "")).status).toBe(503);
    const shown = async () => {
      const { body } = await ask(of, 0, "GET", "/api/v1/circuit-breakers");
      return body.circuit_breakers["search-service"];
    };
    const before = (await shown()).total_calls;
    await waitUntil(async () => (await shown()).total_calls >= before + 6);
    expect(await shown()).toMatchObject({ state: "closed", failure_count: 0 });
  });

  it("has a reset of an unknown service that counts as a request and changes nothing", async () => {
    const sandbox = await aSandbox({ scenario: "one-open", systems: ["gateway"], instances: 1 });
    await sandbox.ready;
    const of = context(sandbox, "gateway");
    expect((await ask(of, 0, "POST", "/api/v1/circuit-breakers/ghost/reset")).status).toBe(200);
    expect((await states(of))["search-service"]).toBe("open");
    const { body } = await ask(of, 0, "GET", "/__sandbox/requests");
    expect(body).toMatchObject({ POST: 1, writes: [{ path: "/api/v1/circuit-breakers/ghost/reset" }] });
  });

  it("answers nothing without its token", async () => {
    const sandbox = await aSandbox({ systems: ["gateway"], instances: 1 });
    const url = `${context(sandbox, "gateway").instances[0]}/api/v1/circuit-breakers`;
    expect((await fetch(url)).status).toBe(403);
    expect((await fetch(url, { headers: { authorization: "Bearer x.y.z" } })).status).toBe(401);
  });
});

describe("a sandbox", () => {
  it("is ready, and has not failed, when it is stopped half-way", async () => {
    const sandbox = await aSandbox({ scenario: "all-open" });
    await Promise.all([sandbox.stop(), sandbox.ready]);
  });

  it("has no credentials for a gateway as documented", async () => {
    const sandbox = await aSandbox({ systems: ["gateway"], behaveAs: "documented", instances: 1 });
    await sandbox.ready;
    expect(context(sandbox, "gateway").auth).toBeNull();
    expect(Object.keys(await states(context(sandbox, "gateway")))).toHaveLength(7);
  });

  it("starts as many instances as asked, each with its own breakers", async () => {
    const sandbox = await aSandbox({ systems: ["acme"], instances: 4 });
    await sandbox.ready;
    const of = context(sandbox, "acme");
    expect(new Set(of.instances).size).toBe(4);
    await ask(of, 2, "POST", "/ops/breakers/search/index/actions", { do: "trip" });
    const shown = await Promise.all([0, 1, 2, 3].map(async (instance) => (await states(of, instance)).index));
    expect(shown).toEqual(["CLOSED", "CLOSED", "OPEN", "CLOSED"]);
  });

  it("refuses a scenario it does not know", async () => {
    await expect(aSandbox({ scenario: "meltdown" })).rejects.toThrow('no scenario is called "meltdown"');
  });

  it("stops when its signal aborts, and may be stopped again", async () => {
    const abort = new AbortController();
    const sandbox = await aSandbox({ systems: ["acme"], instances: 1, signal: abort.signal });
    await sandbox.ready;
    abort.abort();
    await waitUntil(() =>
      fetch(`${sandbox.contexts[0]?.instances[0]}/metrics`).then(
        () => false,
        () => true,
      ),
    );
    await sandbox.stop();
  });

  it("leaves nothing listening when its signal was aborted before", async () => {
    const sandbox = await aSandbox({ systems: ["acme"], instances: 1, signal: AbortSignal.abort() });
    await expect(fetch(`${sandbox.contexts[0]?.instances[0]}/metrics`)).rejects.toThrow();
  });

  it("stops what it has started when a binary does not run", async () => {
    await expect(aSandbox({ prometheus: "/nonexistent/prometheus" })).rejects.toThrow("does not start");
  });
});
