import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { states } from "./read-states.ts";
import { aSandbox, ask, context, setFault } from "./sandbox-fixture.ts";
import { waitUntil } from "./wait-until.ts";

const page = async (url: string | undefined, of = "/metrics") => (await fetch(url + of)).text();

describe("contexts", () => {
  it("tell what each system needs", async () => {
    const systems = [
      "agent-breakers",
      "updog",
      "service-metrics",
      "router-policy",
      "router-extensions",
    ] as const;
    const sandbox = await aSandbox({ systems, instances: 1 });
    await sandbox.ready;
    const shown = sandbox.contexts.map(
      ({ system, instances, replicas, auth, policies, flags, metricsPath }) => [
        system,
        instances.length,
        replicas.length,
        auth === null ? null : Object.keys(auth)[0],
        policies !== null,
        flags !== null,
        metricsPath,
      ],
    );
    expect(shown).toEqual([
      ["agent-breakers", 1, 1, null, false, false, "/metrics"],
      ["updog", 1, 1, "bearer", false, false, "/metrics"],
      ["service-metrics", 0, 1, null, false, true, "/metrics"],
      ["router-policy", 1, 1, null, true, false, "/metrics/router_metrics_http:metrics"],
      ["router-extensions", 1, 1, null, false, false, "/metrics"],
    ]);
    for (const { replicas, metricsPath } of sandbox.contexts)
      expect(await page(replicas[0], metricsPath)).toContain("circuit_breaker_");
  });
});

describe("agent-breakers", () => {
  it("compresses a long list, and ends its page with a line of text", async () => {
    const sandbox = await aSandbox({ scenario: "one-open", systems: ["agent-breakers"], instances: 1 });
    await sandbox.ready;
    const of = context(sandbox, "agent-breakers");
    const { headers, body } = await ask(of, 0, "GET", "/api/v1/circuit-breakers/extended-status");
    expect(headers.get("content-encoding")).toBe("gzip");
    expect(body).toHaveLength(4);
    expect(await page(of.replicas[0])).toMatch(/# MCP Orchestrator metrics unavailable: .+\n$/);
  });

  it("keeps an old state behind a caching proxy", async () => {
    const quirks = ["caching-proxy"] as const;
    const sandbox = await aSandbox({
      scenario: "one-open",
      systems: ["agent-breakers"],
      instances: 1,
      quirks,
    });
    await sandbox.ready;
    const of = context(sandbox, "agent-breakers");
    expect((await states(of)).perplexity_api).toBe("open");
    await ask(of, 0, "POST", "/api/v1/circuit-breakers/perplexity_api/reset");
    expect((await states(of)).perplexity_api).toBe("open");
    const fresh = await ask(of, 0, "GET", "/api/v1/circuit-breakers/perplexity_api");
    expect(fresh.body.state).toBe("closed");
  });
});

describe("updog", () => {
  it.each([
    { quirk: "bare-states", read: (body: { states: Record<string, string> }) => body.states.cache },
    { quirk: "flat-states", read: (body: { cache: string }) => body.cache },
    {
      quirk: "empty-stats",
      read: ({ states }: { states: Record<string, { state: string; stats: object }> }) =>
        JSON.stringify(states.cache?.stats) === "{}" && states.cache?.state,
    },
  ] as const)("answers with $quirk when asked to", async ({ quirk, read }) => {
    const sandbox = await aSandbox({ systems: ["updog"], instances: 1, quirks: [quirk] });
    const { body } = await ask(context(sandbox, "updog"), 0, "GET", "/admin/circuit-breakers/state");
    expect(read(body)).toBe("CLOSED");
  });

  it("has its admin routes where its guide says", async () => {
    const sandbox = await aSandbox({ systems: ["updog"], instances: 1, quirks: ["guide-prefix"] });
    const of = context(sandbox, "updog");
    expect((await ask(of, 0, "GET", "/admin/circuit/state")).status).toBe(200);
    expect((await ask(of, 0, "GET", "/admin/circuit-breakers/state")).status).toBe(404);
  });

  it("answers 429 to the 101st request, and the metrics page still answers", async () => {
    const sandbox = await aSandbox({ systems: ["updog"], instances: 1 });
    const of = context(sandbox, "updog");
    for (let request = 0; request < 100; request++)
      expect((await ask(of, 0, "GET", "/admin/circuit-breakers/state")).status).toBe(200);
    const refused = await ask(of, 0, "GET", "/admin/circuit-breakers/state");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(800);
    expect((await fetch(`${of.replicas[0]}/metrics`)).status).toBe(200);
  });

  it("has an alert that never clears: the series of an open state outlives it", async () => {
    const sandbox = await aSandbox({
      scenario: "one-open",
      systems: ["updog"],
      instances: 1,
      timeScale: 200,
    });
    await sandbox.ready;
    const { replicas } = context(sandbox, "updog");
    const open = 'updog_circuit_breaker_state{breaker_name="http-partner-api",state="OPEN"} 2';
    expect(await page(replicas[0])).toContain(open);
    const closed = 'updog_circuit_breaker_state{breaker_name="http-partner-api",state="CLOSED"} 0';
    const after = await waitUntil(async () => {
      const shown = await page(replicas[0]);
      return shown.includes(closed) && shown;
    });
    expect(after).toContain(open);
  });
});

describe("service-metrics", () => {
  it("has no admin API: every path is unknown", async () => {
    const sandbox = await aSandbox({ systems: ["service-metrics"], instances: 1 });
    const of = context(sandbox, "service-metrics");
    const reply = await ask(of, 0, "POST", "/admin/circuit-breaker/payment_api/reset");
    expect([reply.status, reply.body]).toEqual([404, { detail: "Not Found" }]);
  });

  it("gets no more calls to a service whose feature is switched off", async () => {
    const sandbox = await aSandbox({ systems: ["service-metrics"], instances: 1, timeScale: 10 });
    await sandbox.ready;
    const { flags, replicas } = context(sandbox, "service-metrics");
    const calls = async (service: string) => {
      const [, count] =
        new RegExp(`successes_total\\{service="${service}"\\} (\\d+)`).exec(await page(replicas[0])) ?? [];
      return Number(count);
    };
    const headers = { authorization: `Bearer ${flags?.token}` };
    const url = `${flags?.url}/api/v1/flags/payment-api-integration`;
    expect((await fetch(url, { method: "POST", headers, body: '{"enabled":false}' })).status).toBe(200);
    // What was under way may still come in; the next look is after another service's further calls.
    const others = await calls("external-api");
    await waitUntil(async () => (await calls("external-api")) > others);
    const [before, seen] = [await calls("payment-api"), await calls("external-api")];
    await waitUntil(async () => (await calls("external-api")) >= seen + 3);
    expect(await calls("payment-api")).toBe(before);
  });
});

describe("a restart", () => {
  it.each(["service-metrics", "updog"] as const)(
    "of %s closes its breakers and empties its page",
    async (system) => {
      const sandbox = await aSandbox({ scenario: "one-open", systems: [system], instances: 2 });
      await sandbox.ready;
      const of = context(sandbox, system);
      const isOpen = async (instance: number) => /state="open"/i.test(await page(of.replicas[instance]));
      expect([await isOpen(0), await isOpen(1)]).toEqual([true, true]);
      expect((await ask(of, 0, "POST", "/__sandbox/restart")).body).toEqual({ restarted: true });
      expect([await isOpen(0), await isOpen(1)]).toEqual([false, true]);
      const [, start] = /^process_start_time_seconds (\S+)/m.exec(await page(of.replicas[0])) ?? [];
      expect(Date.now() / 1000 - Number(start)).toBeLessThan(60);
    },
  );
});

describe("router-policy", () => {
  const raise = (file: string) =>
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace(/"failure_threshold": \d+/, '"failure_threshold": 50'),
    );

  it("as it is: no route changes a policy, and its console reads the folder on every instance", async () => {
    const sandbox = await aSandbox({ systems: ["router-policy"], instances: 2, timeScale: 4 });
    await sandbox.ready;
    const of = context(sandbox, "router-policy");
    const reply = await ask(of, 0, "POST", "/admin/policies/acme-corp/chat/reload");
    expect([reply.status, reply.body.error.message]).toEqual([404, "route not found"]);
    raise(path.join(of.policies ?? "", "acme-corp", "chat.json"));
    expect((await ask(of, 0, "POST", "/__sandbox/reload")).body).toEqual({ reloaded: 3, problems: [] });
    expect((await ask(of, 1, "POST", "/__sandbox/reload")).status).toBe(200);
  });

  it("keeps what it has when a reload fails, and says which policy is wrong", async () => {
    const sandbox = await aSandbox({ systems: ["router-policy"], instances: 1, behaveAs: "documented" });
    const of = context(sandbox, "router-policy");
    writeFileSync(path.join(of.policies ?? "", "globex", "chat.json"), "{");
    const reply = await ask(of, 0, "POST", "/__sandbox/reload");
    expect([reply.status, reply.body]).toEqual([
      422,
      { reloaded: 2, problems: ["globex/chat: not a JSON object"] },
    ]);
  });

  it.each([
    { behaveAs: "documented", path: "/admin/policies/acme-corp/chat/reload" },
    { behaveAs: "real", path: "/__sandbox/reload" },
  ] as const)("as $behaveAs fails its reload when asked to", async ({ behaveAs, path: reload }) => {
    const quirks = ["reload-fails"] as const;
    const sandbox = await aSandbox({ systems: ["router-policy"], instances: 1, behaveAs, quirks });
    expect((await ask(context(sandbox, "router-policy"), 0, "POST", reload)).status).toBe(500);
  });

  it("shows the thresholds of a scenario in the policy they come from", async () => {
    const sandbox = await aSandbox({ scenario: "flapping", systems: ["router-policy"], instances: 1 });
    const of = context(sandbox, "router-policy");
    const thresholds = (tenant: string) =>
      JSON.parse(readFileSync(path.join(of.policies ?? "", tenant, "chat.json"), "utf8")).circuit_breaker;
    expect(thresholds("acme-corp")).toMatchObject({ failure_threshold: 3, timeout_ms: 5000 });
    expect(thresholds("globex")).toMatchObject({ failure_threshold: 5, timeout_ms: 30_000 });
  });

  it("disabled as it is, shows an open state that never ends, while calls go around it", async () => {
    const sandbox = await aSandbox({
      scenario: "one-open",
      systems: ["router-policy"],
      instances: 1,
      timeScale: 300,
    });
    await sandbox.ready;
    const of = context(sandbox, "router-policy");
    const file = path.join(of.policies ?? "", "acme-corp", "chat.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"enabled": true', '"enabled": false'));
    await ask(of, 0, "POST", "/__sandbox/reload");
    const events = async (provider: string, type: string) => {
      const series = new RegExp(`events_total.*provider_id="${provider}",event_type="${type}"\\} (\\d+)`);
      return Number(series.exec(await page(of.replicas[0], of.metricsPath))?.[1]);
    };
    const turnedAway = await events("mistral", "fail_fast");
    const others = await events("cohere", "success");
    // Twelve rounds of calls are longer than the second that it would have stayed open.
    await waitUntil(async () => (await events("cohere", "success")) >= others + 12);
    expect(await page(of.replicas[0], of.metricsPath)).toContain('provider_id="mistral",state="open"} 1');
    expect(await events("mistral", "fail_fast")).toBe(turnedAway);
  });

  it("tells tenants with the same provider apart", async () => {
    const sandbox = await aSandbox({ systems: ["router-policy"], instances: 1, behaveAs: "documented" });
    await sandbox.ready;
    expect(Object.keys(await states(context(sandbox, "router-policy"))).sort()).toEqual([
      "acme-corp/anthropic",
      "acme-corp/cohere",
      "acme-corp/mistral",
      "acme-corp/openai",
      "globex/anthropic",
      "globex/openai",
    ]);
  });
});

describe("router-extensions", () => {
  it.each([
    { quirk: "error-in-200", status: 200, code: "INTERNAL_ERROR" },
    { quirk: "backend-down", status: 503, code: "SERVICE_UNAVAILABLE" },
  ] as const)("has $quirk when asked to", async ({ quirk, status, code }) => {
    const sandbox = await aSandbox({ systems: ["router-extensions"], instances: 1, quirks: [quirk] });
    const reply = await ask(
      context(sandbox, "router-extensions"),
      0,
      "GET",
      "/api/v1/extensions/circuit-breakers",
    );
    expect([reply.status, reply.body.error.code]).toEqual([status, code]);
    expect(reply.headers.get("connection")).toBe("close");
  });
});

it("the gateway is not ready while a service is down", async () => {
  const sandbox = await aSandbox({ systems: ["gateway"], instances: 1 });
  const of = context(sandbox, "gateway");
  expect((await ask(of, 0, "GET", "/readiness")).status).toBe(200);
  await setFault(of, { target: "fraud-service", behaviour: "fail" });
  const { status, body } = await ask(of, 0, "GET", "/readiness");
  expect([status, body.ok, body.services["fraud-service"], body.services["search-service"]]).toEqual([
    503,
    false,
    false,
    true,
  ]);
});
