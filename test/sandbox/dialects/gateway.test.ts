import { describe, expect, it } from "vitest";
import type { AdminReply } from "../../../src/sandbox/admin-exchange.ts";
import { cockatielBreaker } from "../../../src/sandbox/breaker-libraries/cockatiel.ts";
import { gatewayDialect } from "../../../src/sandbox/dialects/gateway.ts";
import { signToken } from "../../../src/sandbox/json-web-token.ts";
import type { NamedBreaker } from "../../../src/sandbox/named-breaker.ts";
import { adminRequest } from "../admin-request.ts";
import { named, play } from "../breaker-fixture.ts";
import { expectGolden, expectLikeGolden } from "../golden.ts";

const secret = "a secret of the tests";
const now = Date.UTC(2026, 10, 21, 3, 23, 24, 969);
const inAnHour = now / 1000 + 3600;
const path = "/api/v1/circuit-breakers";

function aGateway(behaveAs: "documented" | "real") {
  const setup = { library: cockatielBreaker, counting: "window", now: () => now } as const;
  const breakers: [NamedBreaker, NamedBreaker] = [
    named({ group: null, key: "recommendation-service" }, setup),
    named({ group: null, key: "search-service" }, setup),
  ];
  const down = new Set<string>();
  const answer = gatewayDialect(breakers, {
    secret: behaveAs === "real" ? secret : null,
    now: () => now,
    upstreamWorks: (service) => !down.has(service),
  });
  const good = behaveAs === "real" ? { authorization: `Bearer ${signToken({ exp: inAnHour }, secret)}` } : {};
  const ask = (method: string, of: string, headers: Record<string, string> = good) =>
    answer(adminRequest(method, of, headers));
  return { breakers, ask, down };
}

const bodyOf = (reply: AdminReply) => JSON.parse(reply.body);

describe.each(["documented", "real"] as const)("the %s gateway", (behaveAs) => {
  it("lists nothing before traffic has come", () => {
    expect(bodyOf(aGateway(behaveAs).ask("GET", path)).circuit_breakers).toEqual({});
  });

  it("lists what its own answers list", async () => {
    const { breakers, ask } = aGateway(behaveAs);
    await play(breakers[0].breaker, "...");
    await play(breakers[1].breaker, "xxxxx");
    expectLikeGolden(ask("GET", path), `gateway-list-${behaveAs}`);
    expect(bodyOf(ask("GET", path)).circuit_breakers["search-service"]).toMatchObject({
      state: "open",
      failure_count: 5,
      success_count: 0,
      recent_failures: 5,
      total_calls: 5,
    });
  });

  it("resets a service", async () => {
    const { breakers, ask } = aGateway(behaveAs);
    await play(breakers[1].breaker, "xxxxx");
    expect(ask("POST", `${path}/search-service/reset`).status).toBe(200);
    expect(breakers[1].breaker.reading()).toMatchObject({ state: "closed", failures: 0 });
    expect(bodyOf(ask("GET", path)).circuit_breakers["search-service"]).toMatchObject({ total_calls: 0 });
  });

  it("answers 200 to the reset of a service that does not exist, and does nothing", async () => {
    const { breakers, ask } = aGateway(behaveAs);
    await play(breakers[1].breaker, "xxxxx");
    const reply = ask("POST", `${path}/ghost/reset`);
    expectLikeGolden(reply, "gateway-reset-unknown");
    expect(bodyOf(reply).message).toBe("Circuit breaker 'ghost' has been reset");
    expect(breakers[1].breaker.reading().state).toBe("open");
    expect(bodyOf(ask("GET", path)).circuit_breakers).not.toHaveProperty("ghost");
  });

  it("is healthy", () => expectGolden(aGateway(behaveAs).ask("GET", "/health", {}), "gateway-health"));

  it("knows no other way to change a breaker", () => {
    const { ask } = aGateway(behaveAs);
    expectGolden(ask("PATCH", `${path}/search-service`), "fastapi-not-found");
    expectGolden(ask("DELETE", path), "fastapi-method-not-allowed");
  });
});

it("is ready while every service is", () => {
  const { ask, down } = aGateway("real");
  expectLikeGolden(ask("GET", "/readiness", {}), "gateway-ready");
  down.add("search-service");
  expectGolden(ask("GET", "/readiness", {}), "gateway-not-ready");
  expectGolden(aGateway("documented").ask("GET", "/readiness", {}), "fastapi-not-found");
});

it("keeps the time of the last failure through a reset", async () => {
  const { breakers, ask } = aGateway("real");
  await play(breakers[1].breaker, "xxxxx");
  ask("POST", `${path}/search-service/reset`);
  const { circuit_breakers, timestamp } = bodyOf(ask("GET", path));
  expect(circuit_breakers["search-service"].last_failure_time).toBe(now / 1000);
  expect(timestamp).toBe("2026-11-21T03:23:24.969000");
});

describe("credentials", () => {
  it.each([
    { headers: {}, golden: "gateway-no-credentials" },
    { headers: { authorization: "Bearer" }, golden: "gateway-no-credentials" },
    { headers: { authorization: "Basic dTpw" }, golden: "gateway-wrong-scheme" },
    { headers: { authorization: "Bearer nonsense" }, golden: "gateway-bad-token" },
    {
      headers: { authorization: `Bearer ${signToken({ exp: inAnHour }, "other")}` },
      golden: "gateway-bad-token",
    },
    {
      headers: { authorization: `Bearer ${signToken({ exp: now / 1000 }, secret)}` },
      golden: "gateway-bad-token",
    },
  ])("$golden, and nothing happens, for $headers", async ({ headers, golden }) => {
    const { breakers, ask } = aGateway("real");
    await play(breakers[1].breaker, "xxxxx");
    expectGolden(ask("GET", path, headers), golden);
    expectGolden(ask("POST", `${path}/search-service/reset`, headers), golden);
    expect(breakers[1].breaker.reading().state).toBe("open");
  });
});
