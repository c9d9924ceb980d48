import { describe, expect, it } from "vitest";
import type { AdminReply } from "../../../src/sandbox/admin-exchange.ts";
import { acmeDialect } from "../../../src/sandbox/dialects/acme.ts";
import type { NamedBreaker } from "../../../src/sandbox/named-breaker.ts";
import { adminRequest } from "../admin-request.ts";
import { named, play, usualLimits } from "../breaker-fixture.ts";
import { expectGolden, expectLikeGolden } from "../golden.ts";

const now = Date.UTC(2026, 10, 21, 3, 21, 27, 500);
const key = { "x-api-key": "key of the tests" };

function acme() {
  const limits = { ...usualLimits, openMs: 30_000 };
  const setup = { limits, now: () => now };
  const breakers: [NamedBreaker, NamedBreaker, NamedBreaker] = [
    named({ group: "payments", key: "card-auth" }, setup),
    named({ group: "payments", key: "ledger" }, setup),
    named({ group: "search", key: "index" }, setup),
  ];
  const answer = acmeDialect(breakers, "key of the tests");
  const ask = (method: string, path: string, body: unknown = "", headers: Record<string, string> = key) =>
    answer(adminRequest(method, path, headers, body));
  const states = () => breakers.map(({ breaker }) => `${breaker.reading().mode} ${breaker.reading().state}`);
  return { breakers, ask, states };
}

const bodyOf = (reply: AdminReply) => JSON.parse(reply.body);
const failedWith = (code: string) => ({ ok: false, error: { code, text: expect.any(String) } });
const changed = (count: number) => ({ ok: true, data: { changed: count } });

describe("the list", () => {
  it("has the documented shape, closed", () =>
    expectLikeGolden(acme().ask("GET", "/ops/breakers"), "acme-list"));

  it("has the documented shape, open", async () => {
    const { breakers, ask } = acme();
    await play(breakers[0].breaker, "..xxxxx.");
    const reply = ask("GET", "/ops/breakers");
    expectLikeGolden(reply, "acme-list-open");
    expect(bodyOf(reply).data.services[0].breakers[0]).toEqual({
      id: "card-auth",
      mode: "auto",
      status: "OPEN",
      changed: "2026-11-21T03:21:27Z",
      next_probe: "2026-11-21T03:21:57Z",
      window: { calls: 7, errors: 5, rejected: 1 },
      limits: { errors: 5, probes_ok: 2, cooldown_ms: 30_000, probes: 3, call_ms: 2000 },
    });
  });

  it("groups breakers by service", () => {
    const { services } = bodyOf(acme().ask("GET", "/ops/breakers")).data;
    expect(
      services.map(({ service, breakers }: { service: string; breakers: unknown[] }) => [
        service,
        breakers.length,
      ]),
    ).toEqual([
      ["payments", 2],
      ["search", 1],
    ]);
  });
});

describe("actions", () => {
  it.each([
    { before: [], action: "trip", after: "forced_open open", count: 1 },
    { before: ["trip"], action: "trip", after: "forced_open open", count: 0 },
    { before: ["trip"], action: "reset", after: "forced_open open", count: 0 },
    { before: ["trip"], action: "enable", after: "forced_open open", count: 0 },
    { before: ["trip"], action: "release", after: "auto closed", count: 1 },
    { before: [], action: "release", after: "auto closed", count: 0 },
    { before: [], action: "disable", after: "off closed", count: 1 },
    { before: ["disable"], action: "reset", after: "off closed", count: 0 },
    { before: ["disable"], action: "release", after: "off closed", count: 0 },
    { before: ["disable"], action: "trip", after: "forced_open open", count: 1 },
    { before: ["disable"], action: "enable", after: "auto closed", count: 1 },
    { before: [], action: "enable", after: "auto closed", count: 0 },
    { before: [], action: "reset", after: "auto closed", count: 1 },
  ])("$action after $before leads to $after", ({ before, action, after, count }) => {
    const { ask, states } = acme();
    for (const earlier of before) ask("POST", "/ops/breakers/payments/ledger/actions", { do: earlier });
    const reply = ask("POST", "/ops/breakers/payments/ledger/actions", { do: action });
    expectLikeGolden(reply, "acme-changed");
    expect(bodyOf(reply)).toEqual(changed(count));
    expect(states()).toEqual(["auto closed", after, "auto closed"]);
  });

  it("reset closes and clears", async () => {
    const { breakers, ask, states } = acme();
    for (const { breaker } of breakers) await play(breaker, "xxxxx");
    expect(bodyOf(ask("POST", "/ops/breakers/search/index/actions", { do: "reset" }))).toEqual(changed(1));
    expect(states()).toEqual(["auto open", "auto open", "auto closed"]);
    expect(breakers[2].breaker.reading().window).toEqual({ calls: 0, errors: 0, rejected: 0 });
  });

  it("act on all at once", () => {
    const { ask, states } = acme();
    expect(bodyOf(ask("POST", "/ops/breakers/actions", { do: "trip" }))).toEqual(changed(3));
    expect(states()).toEqual(["forced_open open", "forced_open open", "forced_open open"]);
  });
});

describe("limits", () => {
  it.each([
    { limits: { errors: 7 }, taken: { failureThreshold: 7 } },
    { limits: { errors: 100, probes_ok: 10 }, taken: { failureThreshold: 100, successThreshold: 10 } },
    {
      limits: { cooldown_ms: 1000, probes: 1, call_ms: 50 },
      taken: { openMs: 1000, halfOpenMaxCalls: 1, callMs: 50 },
    },
    {
      limits: { cooldown_ms: 300_000, probes: 50, call_ms: 60_000 },
      taken: { openMs: 300_000, callMs: 60_000 },
    },
  ])("takes $limits", ({ limits, taken }) => {
    const { breakers, ask } = acme();
    expect(bodyOf(ask("PUT", "/ops/breakers/payments/ledger/limits", { limits }))).toEqual(changed(1));
    expect(breakers[1].breaker.limits()).toMatchObject(taken);
    expect(breakers[0].breaker.limits()).toEqual({ ...usualLimits, openMs: 30_000 });
  });

  it("reach a whole service", () => {
    const { breakers, ask } = acme();
    expect(bodyOf(ask("PUT", "/ops/breakers/payments/limits", { limits: { errors: 9 } }))).toEqual(
      changed(2),
    );
    expect(breakers.map(({ breaker }) => breaker.limits().failureThreshold)).toEqual([9, 9, 5]);
  });

  it.each([
    { errors: 0 },
    { errors: 101 },
    { probes_ok: 0 },
    { probes_ok: 11 },
    { cooldown_ms: 999 },
    { cooldown_ms: 300_001 },
    { probes: 0 },
    { probes: 51 },
    { call_ms: 49 },
    { call_ms: 60_001 },
    { errors: 2.5 },
    { errors: "7" },
    { errors: null },
    { volume: 3 },
    { errors: 7, probes: 0 },
  ])("refuses %j and changes nothing", (limits) => {
    const { breakers, ask } = acme();
    const reply = ask("PUT", "/ops/breakers/payments/ledger/limits", { limits });
    expectLikeGolden(reply, "acme-error");
    expect(bodyOf(reply)).toEqual(failedWith("bad_limit"));
    expect(breakers[1].breaker.limits()).toEqual({ ...usualLimits, openMs: 30_000 });
  });
});

describe("errors are a 200", () => {
  it.each([
    {
      method: "POST",
      path: "/ops/breakers/payments/ghost/actions",
      body: { do: "reset" },
      code: "no_such_breaker",
    },
    {
      method: "POST",
      path: "/ops/breakers/ghost/ledger/actions",
      body: { do: "reset" },
      code: "no_such_breaker",
    },
    { method: "POST", path: "/ops/breakers/a/b/c/actions", body: { do: "reset" }, code: "no_such_breaker" },
    {
      method: "PUT",
      path: "/ops/breakers/ghost/limits",
      body: { limits: { errors: 7 } },
      code: "no_such_breaker",
    },
    { method: "POST", path: "/ops/breakers/payments/actions", body: { do: "reset" }, code: "bad_request" },
    {
      method: "POST",
      path: "/ops/breakers/payments/ledger/actions",
      body: { do: "explode" },
      code: "bad_request",
    },
    { method: "POST", path: "/ops/breakers/payments/ledger/actions", body: "{", code: "bad_request" },
    { method: "POST", path: "/ops/breakers/payments/ledger/actions", body: "", code: "bad_request" },
    {
      method: "PUT",
      path: "/ops/breakers/payments/ledger/limits",
      body: { limits: {} },
      code: "bad_request",
    },
    {
      method: "PUT",
      path: "/ops/breakers/payments/ledger/limits",
      body: { limits: [7] },
      code: "bad_request",
    },
    { method: "PUT", path: "/ops/breakers/limits", body: { limits: { errors: 7 } }, code: "bad_request" },
    { method: "DELETE", path: "/ops/breakers/payments/ledger/actions", body: "", code: "bad_request" },
    { method: "GET", path: "/ops/breakers/payments", body: "", code: "bad_request" },
    { method: "GET", path: "/ops/nothing", body: "", code: "bad_request" },
    { method: "GET", path: "/", body: "", code: "bad_request" },
    { method: "GET", path: "/ops/%ff", body: "", code: "bad_request" },
  ])("$method $path $body is $code", ({ method, path, body, code }) => {
    const reply = acme().ask(method, path, body);
    expectLikeGolden(reply, "acme-error");
    expect(bodyOf(reply)).toEqual(failedWith(code));
  });

  it.each([{}, { "x-api-key": "wrong" }, { authorization: "Bearer key of the tests" }])(
    "without the key, with %j, nothing is shown or done",
    (headers) => {
      const { ask, states } = acme();
      expectGolden(ask("GET", "/ops/breakers", "", headers), "acme-error");
      expectGolden(ask("POST", "/ops/breakers/actions", { do: "trip" }, headers), "acme-error");
      expect(states()).toEqual(["auto closed", "auto closed", "auto closed"]);
    },
  );

  it("but health needs no key", () => {
    expect(bodyOf(acme().ask("GET", "/ops/health", "", {}))).toEqual({ ok: true });
  });
});
