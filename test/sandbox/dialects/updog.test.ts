import { describe, expect, it } from "vitest";
import type { AdminReply } from "../../../src/sandbox/admin-exchange.ts";
import { cockatielBreaker } from "../../../src/sandbox/breaker-libraries/cockatiel.ts";
import { updogDialect } from "../../../src/sandbox/dialects/updog.ts";
import { updogClaims } from "../../../src/sandbox/dialects/updog-credentials.ts";
import type { StateShape } from "../../../src/sandbox/dialects/updog-states.ts";
import { signToken } from "../../../src/sandbox/json-web-token.ts";
import type { NamedBreaker } from "../../../src/sandbox/named-breaker.ts";
import { createRateLimit } from "../../../src/sandbox/rate-limit.ts";
import { doubling } from "../../../src/sandbox/tunings/doubling.ts";
import { adminRequest } from "../admin-request.ts";
import { named, play, usualLimits } from "../breaker-fixture.ts";
import { expectGolden, expectLikeGolden } from "../golden.ts";

const secret = "a secret of the tests, of 32 characters";
const start = Date.UTC(2026, 10, 21, 3, 21, 27, 741);
const claims = { ...updogClaims, exp: start / 1000 + 3600 };
const bearer = (own: Record<string, unknown> = {}, by = secret) => ({
  authorization: `Bearer ${signToken({ ...claims, ...own }, by)}`,
});

interface Setup {
  readonly shape?: StateShape;
  readonly tellsEnabled?: boolean;
  readonly prefix?: string;
}

function anUpdog({ shape = "full", tellsEnabled = false, prefix = "/admin/circuit-breakers" }: Setup = {}) {
  let at = start;
  const now = () => at;
  const setup = { library: cockatielBreaker, tuning: doubling(null), now };
  const breaker = (key: string, failureThreshold: number, openMs: number) =>
    named({ group: null, key }, { ...setup, limits: { ...usualLimits, failureThreshold, openMs } });
  const cache = breaker("cache", 5, 1500);
  const others = [breaker("http-partner-api", 3, 5000), breaker("postgres", 5, 30_000)] as const;
  const rateLimit = createRateLimit({ limit: 100, windowMs: 15 * 60_000, timeScale: 1, now });
  const all: readonly NamedBreaker[] = [cache, others[0]];
  const answer = (breakers: readonly NamedBreaker[] = all) =>
    updogDialect(breakers, { prefix, shape, tellsEnabled, secret, rateLimit, now });
  const ask = (method: string, path: string, headers: Record<string, string> = bearer(), breakers = all) =>
    answer(breakers)(adminRequest(method, path, headers));
  const admin = (method: string, path: string, headers?: Record<string, string>) =>
    ask(method, prefix + path, headers);
  return {
    cache,
    others,
    ask,
    admin,
    openCache: () => play(cache.breaker, "xxxxx."),
    pass: (ms: number) => {
      at += ms;
    },
  };
}

const bodyOf = (reply: AdminReply) => JSON.parse(reply.body);

describe("the state", () => {
  it.each([
    { shape: "full", tellsEnabled: false, golden: "updog-state-real" },
    { shape: "full", tellsEnabled: true, golden: "updog-state-documented" },
    { shape: "bare", tellsEnabled: false, golden: "updog-state-bare" },
    { shape: "flat", tellsEnabled: false, golden: "updog-state-flat" },
    { shape: "empty-stats", tellsEnabled: false, golden: "updog-state-empty-stats" },
  ] as const)("is that of $golden, to the word", async ({ shape, tellsEnabled, golden }) => {
    const { admin, openCache } = anUpdog({ shape, tellsEnabled });
    await openCache();
    expectGolden(admin("GET", "/state"), golden);
  });

  it("calls an idle breaker unhealthy, and a recovered one until 95 % worked", async () => {
    const { admin, cache } = anUpdog();
    const shown = () => bodyOf(admin("GET", "/state")).states.cache;
    expect(shown()).toMatchObject({ state: "CLOSED", stats: { successRate: 0, isHealthy: false } });
    await play(cache.breaker, `x${".".repeat(18)}`);
    expect(shown()).toMatchObject({ state: "CLOSED", stats: { isHealthy: false } });
    await play(cache.breaker, ".");
    expect(shown()).toMatchObject({ state: "CLOSED", stats: { successRate: 0.95, isHealthy: true } });
  });

  it("is at the prefix that was chosen, and nowhere else", () => {
    const { ask, admin } = anUpdog({ prefix: "/admin/circuit" });
    expect(admin("GET", "/state").status).toBe(200);
    expect(ask("GET", "/admin/circuit-breakers/state").status).toBe(404);
  });
});

describe("force", () => {
  it.each(["CLOSED", "OPEN", "NONSENSE"])("to %s answers 501 and does nothing", async (state) => {
    const { admin, cache, openCache } = anUpdog();
    await openCache();
    expectGolden(admin("POST", `/force/cache/${state}`), "updog-force");
    expect(cache.breaker.reading().state).toBe("open");
  });

  it("of an unknown breaker answers 404 with JSON", () =>
    expectGolden(anUpdog().admin("POST", "/force/ghost/CLOSED"), "updog-force-unknown"));
});

describe("health", () => {
  it("is a 503 with a good body when a critical breaker is open", async () => {
    const { admin, openCache } = anUpdog();
    expect(admin("GET", "/health").status).toBe(200);
    await openCache();
    expectGolden(admin("GET", "/health"), "updog-health-critical");
  });

  it("and readiness stay good with postgres open, whose name is not critical", async () => {
    const { ask, others } = anUpdog();
    await play(others[1].breaker, "xxxxx");
    const reply = ask("GET", "/admin/circuit-breakers/health", bearer(), others);
    expect([reply.status, bodyOf(reply)]).toEqual([
      200,
      { healthy: false, degraded: ["postgres"], critical: [] },
    ]);
    const ready = ask("GET", "/readinessz", {}, others);
    expect([ready.status, bodyOf(ready).degraded]).toEqual([200, ["postgres"]]);
  });

  it("readiness needs no token", async () => {
    const { ask, openCache } = anUpdog();
    expectLikeGolden(ask("GET", "/readinessz", {}), "updog-ready");
    await openCache();
    expectGolden(ask("GET", "/readinessz", {}), "updog-not-ready");
    expect(ask("GET", "/metrics/health", {}).status).toBe(200);
  });
});

describe("credentials", () => {
  it.each([
    { headers: {}, golden: "updog-unauthorized", why: "none" },
    { headers: bearer({}, "another secret"), golden: "updog-unauthorized", why: "another secret" },
    { headers: bearer({ iss: "other" }), golden: "updog-unauthorized", why: "another issuer" },
    { headers: bearer({ aud: "other" }), golden: "updog-unauthorized", why: "another audience" },
    { headers: bearer({ exp: start / 1000 }), golden: "updog-unauthorized", why: "expired" },
    { headers: { authorization: "Token abc" }, golden: "updog-invalid-credentials", why: "another scheme" },
    { headers: { authorization: "bearer abc" }, golden: "updog-invalid-credentials", why: "lower case" },
    { headers: { authorization: "Bearer  abc" }, golden: "updog-invalid-credentials", why: "two blanks" },
    {
      headers: { ...bearer(), cookie: "updog.session=x" },
      golden: "updog-ambiguous-credentials",
      why: "both",
    },
  ])("$golden: $why", ({ headers, golden }) =>
    expectGolden(anUpdog().admin("GET", "/state", headers), golden),
  );

  it("403 as plain text for one who is not an administrator", () => {
    const reply = anUpdog().admin("GET", "/state", bearer({ role: "viewer" }));
    expect([reply.status, reply.body]).toEqual([403, "Forbidden"]);
    expect(reply.headers["content-type"]).toContain("text/plain");
  });

  it("may come in the cookie", () => {
    const cookie = `a=b; updog.session=${signToken(claims, secret)}`;
    expect(anUpdog().admin("GET", "/state", { cookie }).status).toBe(200);
  });
});

it("answers an unknown path in HTML", () => {
  for (const path of ["", "/other", "/force/cache"]) {
    const reply = anUpdog().admin("GET", path);
    expect(reply.status).toBe(404);
    expect(reply.headers["content-type"]).toContain("text/html");
    expect(reply.body).toContain(`<pre>Cannot GET /admin/circuit-breakers${path}</pre>`);
  }
});

describe("the rate limit", () => {
  it("lets 100 requests in a quarter of an hour through, refused ones included", () => {
    const { admin, pass } = anUpdog();
    for (let request = 0; request < 50; request++) {
      expect(admin("GET", "/state").status).toBe(200);
      expect(admin("GET", "/state", {}).status).toBe(401);
    }
    pass(5000);
    const reply = admin("GET", "/state");
    expect(reply.status).toBe(429);
    expect(reply.body).toBe("Too many requests from this IP, please try again later");
    expect(reply.headers).toMatchObject({
      "Retry-After": "895",
      "RateLimit-Policy": "100;w=900",
      "RateLimit-Limit": "100",
      "RateLimit-Remaining": "0",
      "RateLimit-Reset": "895",
      "content-type": "text/html; charset=utf-8",
    });
    pass(895_000);
    expect(admin("GET", "/state")).toMatchObject({ status: 200, headers: { "RateLimit-Remaining": "99" } });
  });

  it("does not count readiness", () => {
    const { ask, admin } = anUpdog();
    for (let request = 0; request < 120; request++) ask("GET", "/readinessz", {});
    expect(admin("GET", "/state").status).toBe(200);
  });
});
