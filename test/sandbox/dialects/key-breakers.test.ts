import { describe, expect, it } from "vitest";
import type { AdminReply } from "../../../src/sandbox/admin-exchange.ts";
import { keyBreakersDialect } from "../../../src/sandbox/dialects/key-breakers.ts";
import type { NamedBreaker } from "../../../src/sandbox/named-breaker.ts";
import { adminRequest } from "../admin-request.ts";
import { named, play, usualLimits } from "../breaker-fixture.ts";
import { expectGolden, expectLikeGolden } from "../golden.ts";

const base = "/api/v1/circuit-breaker";

function aFleet() {
  const breakers: [NamedBreaker, NamedBreaker, NamedBreaker] = [
    named({ group: "deepseek", key: "deepseek-1" }),
    named({ group: "deepseek", key: "deepseek-2" }),
    named({ group: "perplexity", key: "perplexity-1" }),
  ];
  const answer = keyBreakersDialect(breakers);
  const ask = (method: string, path: string, body = "") =>
    answer(adminRequest(method, base + path, {}, body));
  return { breakers, ask, answer };
}

const bodyOf = (reply: AdminReply) => JSON.parse(reply.body);

describe("stats", () => {
  it("is the bare array of the runbook", () => {
    expectLikeGolden(aFleet().ask("GET", "/stats"), "key-breakers-stats");
  });

  it("shows states, counts and seconds, and hides half_open_max_calls", async () => {
    const { breakers, ask } = aFleet();
    await play(breakers[1].breaker, "xxxxx");
    expect(bodyOf(ask("GET", "/stats"))[1]).toEqual({
      key_id: "deepseek-2",
      provider: "deepseek",
      state: "open",
      failure_count: 5,
      success_count: 0,
      config: { failure_threshold: 5, success_threshold: 2, timeout: 60 },
    });
  });
});

describe("reset", () => {
  it("closes one key and says what it was", async () => {
    const { breakers, ask } = aFleet();
    for (const { breaker } of breakers) await play(breaker, "xxxxx");
    const reply = ask("POST", "/deepseek-2/reset");
    expectLikeGolden(reply, "key-breakers-reset-one");
    expect(bodyOf(reply)).toMatchObject({ previous_state: "open", current_state: "closed" });
    expect(breakers.map(({ breaker }) => breaker.reading().state)).toEqual(["open", "closed", "open"]);
  });

  it("closes all keys", async () => {
    const { breakers, ask } = aFleet();
    for (const { breaker } of breakers) await play(breaker, "xxxxx");
    expectGolden(ask("POST", "/reset"), "key-breakers-reset-all");
    expect(breakers.map(({ breaker }) => breaker.reading().state)).toEqual(["closed", "closed", "closed"]);
  });

  it("does not know a key that is not there", () => {
    expectGolden(aFleet().ask("POST", "/nope/reset"), "key-breakers-unknown");
  });

  it("takes an encoded key for what it stands for", () => {
    expect(aFleet().ask("POST", "/deepseek%2D1/reset").status).toBe(200);
    expect(aFleet().ask("POST", "/deepseek%/reset").status).toBe(404);
  });
});

describe("config", () => {
  it.each([
    { body: { failure_threshold: 7 }, changed: { failureThreshold: 7 } },
    { body: { failure_threshold: "7" }, changed: { failureThreshold: 7 } },
    { body: { timeout: 90, success_threshold: 3 }, changed: { openMs: 90_000, successThreshold: 3 } },
    { body: { half_open_max_calls: 5 }, changed: { halfOpenMaxCalls: 5 } },
    { body: { volume: 5 }, changed: {} },
    { body: {}, changed: {} },
  ])("takes $body for one key", ({ body, changed }) => {
    const { breakers, ask } = aFleet();
    expect(ask("PATCH", "/deepseek-1/config", JSON.stringify(body)).status).toBe(200);
    expect(breakers[0].breaker.limits()).toEqual({ ...usualLimits, ...changed });
    expect(breakers[1].breaker.limits()).toEqual(usualLimits);
  });

  it("takes a value for all keys", () => {
    const { breakers, ask } = aFleet();
    expect(bodyOf(ask("PATCH", "/config", '{"timeout": 90}'))).toEqual({ success: true, updated_count: 3 });
    expect(breakers.map(({ breaker }) => breaker.limits().openMs)).toEqual([90_000, 90_000, 90_000]);
  });

  it("refuses a body as FastAPI does", () => {
    const { breakers, ask } = aFleet();
    const reply = ask("PATCH", "/deepseek-1/config", '{"failure_threshold": "seven"}');
    expectGolden(reply, "fastapi-unprocessable");
    expect(breakers[0].breaker.limits()).toEqual(usualLimits);
  });

  it("does not know a key that is not there", () => {
    expect(aFleet().ask("PATCH", "/nope/config", '{"timeout": 90}').status).toBe(404);
  });
});

describe("key rotation", () => {
  const rotate = (body: unknown) => {
    const { answer, breakers } = aFleet();
    return { reply: answer(adminRequest("POST", "/api/v1/keys/rotate", {}, body)), breakers };
  };

  it("activates a backup key, and touches no breaker", () => {
    const { reply, breakers } = rotate({ provider: "deepseek", activate_backup: true });
    expect([reply.status, bodyOf(reply)]).toEqual([
      200,
      { success: true, provider: "deepseek", activate_backup: true },
    ]);
    expect(breakers.some(({ breaker }) => breaker.reading().called)).toBe(false);
  });

  it.each([{}, { provider: "deepseek" }, { provider: "deepseek", activate_backup: "yes" }])(
    "refuses %j",
    (body) => expect(rotate(body).reply.status).toBe(422),
  );
});

describe("other paths", () => {
  it.each(["/status", "/deepseek-1", "/deepseek-1/stats", "s/stats"])("GET %s is not found", (path) => {
    expectGolden(aFleet().ask("GET", path), "fastapi-not-found");
  });

  it.each([
    { method: "POST", path: "/stats", allow: "GET" },
    { method: "GET", path: "/reset", allow: "POST" },
    { method: "POST", path: "/deepseek-1/config", allow: "PATCH" },
  ])("$method $path is not allowed", ({ method, path, allow }) => {
    const reply = aFleet().ask(method, path);
    expectGolden(reply, "fastapi-method-not-allowed");
    expect(reply.headers.allow).toBe(allow);
  });
});
