import { describe, expect, it } from "vitest";
import type { AdminReply } from "../../../src/sandbox/admin-exchange.ts";
import { cockatielBreaker } from "../../../src/sandbox/breaker-libraries/cockatiel.ts";
import { agentBreakersDialect } from "../../../src/sandbox/dialects/agent-breakers.ts";
import { cachingProxy } from "../../../src/sandbox/dialects/caching-proxy.ts";
import type { NamedBreaker } from "../../../src/sandbox/named-breaker.ts";
import { adaptive } from "../../../src/sandbox/tunings/adaptive.ts";
import { adminRequest } from "../admin-request.ts";
import { named, play } from "../breaker-fixture.ts";
import { expectGolden, expectLikeGolden } from "../golden.ts";

const base = "/api/v1/circuit-breakers";
const bodyOf = (reply: AdminReply) => JSON.parse(reply.body);

function someAgents(behaveAs: "documented" | "real" = "real") {
  let now = Date.UTC(2026, 10, 21, 3, 23, 19, 408);
  const setup = { library: cockatielBreaker, tuning: adaptive, now: () => now };
  const breakers: [NamedBreaker, NamedBreaker] = [
    named({ group: null, key: "deepseek_api" }, setup),
    named({ group: null, key: "perplexity_api" }, setup),
  ];
  const answer = agentBreakersDialect(breakers, { real: behaveAs === "real", now: () => now });
  const ask = (method: string, path: string, body: unknown = "") =>
    answer(adminRequest(method, base + path, {}, body));
  const trip = async () => {
    await play(breakers[1].breaker, ".");
    await play(breakers[0].breaker, "xx");
  };
  return {
    breakers,
    ask,
    trip,
    answer,
    now: () => now,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe.each(["documented", "real"] as const)("the %s server", (behaveAs) => {
  it("lists its breakers, with a percentage and times that have an offset", async () => {
    const { ask, trip } = someAgents(behaveAs);
    await trip();
    expectLikeGolden(ask("GET", "/status"), "agent-breakers-status");
    expect(bodyOf(ask("GET", "/status"))).toMatchObject({
      total_breakers: 2,
      healthy_count: 1,
      unhealthy_count: 1,
      overall_health: "CRITICAL",
      breakers: [
        { name: "deepseek_api", state: "open", failure_count: 2, total_calls: 2, success_rate: 0 },
        { name: "perplexity_api", success_count: 1, success_rate: 100, last_failure: null },
      ],
    });
  });

  it("shows one breaker with the thresholds in force", async () => {
    const { ask, trip } = someAgents(behaveAs);
    await trip();
    expectLikeGolden(ask("GET", "/deepseek_api"), "agent-breakers-one");
    expect(bodyOf(ask("GET", "/deepseek_api"))).toMatchObject({
      failure_threshold: 2,
      recovery_timeout: 270,
      can_retry: false,
    });
    expect(bodyOf(ask("GET", "/perplexity_api"))).toMatchObject({
      failure_threshold: 5,
      recovery_timeout: 30,
    });
  });

  it("tells more in a bare array", async () => {
    const { ask, trip } = someAgents(behaveAs);
    await trip();
    expectLikeGolden(ask("GET", "/extended-status"), `agent-breakers-extended-${behaveAs}`);
  });

  it("has a path of metrics that is JSON, with the page inside a string, and 1 for open", async () => {
    const { ask, trip } = someAgents(behaveAs);
    await trip();
    expectLikeGolden(ask("GET", "/metrics"), "agent-breakers-metrics");
    const { metrics, prometheus_format } = bodyOf(ask("GET", "/metrics"));
    expect(metrics.deepseek_api).toEqual({
      state: "open",
      state_numeric: 1,
      failures: 2,
      successes: 0,
      success_rate: 0,
    });
    expect(prometheus_format.split("\n")).toContain('circuit_breaker_state{name="deepseek_api"} 1');
    expect(prometheus_format).toContain('circuit_breaker_success_rate{name="perplexity_api"} 100.00');
  });

  it("lets every answer to GET be kept for a minute", () => {
    for (const path of ["/status", "/ghost"])
      expect(someAgents(behaveAs).ask("GET", path).headers).toMatchObject({
        "cache-control": "public, max-age=60",
        "last-modified": "Sat, 21 Nov 2026 03:23:19 GMT",
      });
    expect(someAgents(behaveAs).ask("POST", "/reset").headers).not.toHaveProperty("cache-control");
  });

  it("resets one, and leaves its backoff, its error rate and its last failure", async () => {
    const { ask, trip } = someAgents(behaveAs);
    await trip();
    expectGolden(ask("POST", "/deepseek_api/reset"), "agent-breakers-reset-one");
    const after = bodyOf(ask("GET", "/deepseek_api"));
    expect(after).toMatchObject({
      state: "closed",
      failure_count: 0,
      recovery_timeout: 270,
      failure_threshold: 2,
    });
    expect(after.last_failure).toMatch(/\+00:00$/);
  });

  it("resets all, and forgets their successes", async () => {
    const { ask, trip } = someAgents(behaveAs);
    await trip();
    expectGolden(ask("POST", "/reset"), "agent-breakers-reset-all");
    const { breakers } = bodyOf(ask("GET", "/status"));
    expect(breakers).toMatchObject([
      { state: "closed", success_count: 0, total_calls: 2 },
      { state: "closed", success_count: 0, total_calls: 1 },
    ]);
  });
});

it("the real server lists a breaker from its first call on, and none at its start", async () => {
  const { ask, breakers } = someAgents("real");
  expect(bodyOf(ask("GET", "/status"))).toMatchObject({
    total_breakers: 0,
    overall_health: "UNKNOWN",
    breakers: [],
  });
  await play(breakers[0].breaker, ".");
  expect(bodyOf(ask("GET", "/status"))).toMatchObject({ total_breakers: 1, overall_health: "HEALTHY" });
  expect(bodyOf(someAgents("documented").ask("GET", "/status")).total_breakers).toBe(2);
});

it("can be retried when the wait is over, and stays open until a call comes", async () => {
  const { ask, trip, pass } = someAgents();
  await trip();
  pass(270_000);
  expect(bodyOf(ask("GET", "/deepseek_api"))).toMatchObject({ state: "open", can_retry: true });
});

describe("paths that look like others", () => {
  it.each(["stats", "health", "reset"])(
    "GET /%s is a breaker nobody knows, not an unknown route",
    async (name) => {
      const { ask, trip } = someAgents();
      await trip();
      const { detail } = bodyOf(ask("GET", `/${name}`));
      expect(detail).toBe(
        `Circuit breaker '${name}' not found. Available: ['deepseek_api', 'perplexity_api']`,
      );
    },
  );

  it("names the breakers there are", async () => {
    const { ask, trip } = someAgents();
    await trip();
    expectGolden(ask("GET", "/nope"), "agent-breakers-unknown");
    expectGolden(ask("POST", "/nope/reset"), "agent-breakers-reset-unknown");
  });

  it.each([
    { method: "PATCH", path: "/config", golden: "fastapi-method-not-allowed" },
    { method: "PATCH", path: "/deepseek_api/config", golden: "fastapi-not-found" },
    { method: "GET", path: "", golden: "fastapi-not-found" },
  ])("$method $path", ({ method, path, golden }) => expectGolden(someAgents().ask(method, path), golden));

  it.each(["/stats", "/reset", "/deepseek_api/reset"])("the singular %s is no route", (path) => {
    const reply = someAgents().answer(adminRequest("GET", `/api/v1/circuit-breaker${path}`));
    expectLikeGolden(reply, "fastapi-not-found");
  });
});

describe("key rotation", () => {
  const documented = { path: "/api/v1/keys/rotate", body: { provider: "deepseek", activate_backup: true } };
  const real = {
    path: "/api/v1/key-rotation/keys/k-1/rotate",
    body: { key_id: "k-1", new_key_value: "a new secret", reason: "leaked" },
  };

  it.each([
    { behaveAs: "documented", ...documented, status: 200 },
    { behaveAs: "documented", ...real, status: 404 },
    { behaveAs: "real", ...documented, status: 404 },
    { behaveAs: "real", ...real, status: 200 },
    { behaveAs: "real", ...real, body: {}, status: 422 },
    { behaveAs: "documented", ...documented, body: { provider: 1, activate_backup: true }, status: 422 },
  ] as const)("as $behaveAs $path answers $status", ({ behaveAs, path, body, status }) => {
    const reply = someAgents(behaveAs).answer(adminRequest("POST", path, {}, body));
    expect(reply.status).toBe(status);
    expect(reply.body).not.toContain("a new secret");
  });
});

describe("a caching proxy before it", () => {
  function aProxy() {
    const agents = someAgents();
    const proxy = cachingProxy(agents.answer, agents.now);
    const state = (headers: Record<string, string> = {}) =>
      bodyOf(proxy(adminRequest("GET", `${base}/status`, headers))).breakers[0].state;
    return { ...agents, proxy, state };
  }

  it("shows a state of up to a minute ago, unless asked for a fresh one", async () => {
    const { trip, state, pass, ask } = aProxy();
    await trip();
    expect(state()).toBe("open");
    ask("POST", "/deepseek_api/reset");
    pass(59_999);
    expect(state()).toBe("open");
    expect(state({ "Cache-Control": "no-cache" })).toBe("closed");
    expect(state()).toBe("closed");
  });

  it("asks again when the minute is over, and lets changes through", async () => {
    const { trip, state, pass, proxy } = aProxy();
    await trip();
    expect(state()).toBe("open");
    expect(proxy(adminRequest("POST", `${base}/reset`)).status).toBe(200);
    pass(60_000);
    expect(state()).toBe("closed");
  });
});
