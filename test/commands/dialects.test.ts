import { describe, expect, test } from "vitest";
import { jsonOf, runCbctl, type Serve } from "../support/fake-host.ts";

/** The home-made API: it answers 200 to everything, errors included. */
function acme() {
  const breaker = {
    id: "stripe",
    mode: "auto",
    status: "OPEN",
    next_probe: "2026-03-01T12:00:20Z",
    limits: { errors: 5, cooldown_ms: 30_000 },
  };
  const serve: Serve = ({ method, url, body }) => {
    if (method === "GET")
      return { body: { ok: true, data: { services: [{ service: "payments", breakers: [breaker] }] } } };
    if (!url.includes("/payments/stripe/") && !url.endsWith("/payments/limits")) {
      return { body: { ok: false, error: { code: "no_such_breaker", text: "never heard of it" } } };
    }
    const told = JSON.parse(body ?? "{}") as { do?: string; limits?: object };
    if (told.limits) Object.assign(breaker.limits, told.limits);
    if (told.do === "reset") breaker.status = "CLOSED";
    if (told.do === "trip") breaker.mode = "forced_open";
    if (told.do === "disable") breaker.mode = "off";
    if (told.do === "release" || told.do === "enable") breaker.mode = "auto";
    return { body: { ok: true } };
  };
  return { breaker, serve };
}

const ACME = ["--system", "acme", "--admin-url", "http://a", "--yes", "-o", "json"];

describe("acme: every verb", () => {
  test.each([
    ["reset", {}, { do: "reset" }, "closed"],
    ["trip", {}, { do: "trip" }, "forced_open"],
    ["release", { mode: "forced_open" }, { do: "release" }, "open"],
    ["disable", {}, { do: "disable" }, "disabled"],
    ["enable", { mode: "off" }, { do: "enable" }, "open"],
  ])("%s", async (verb, before, body, after) => {
    const { breaker, serve } = acme();
    Object.assign(breaker, before);
    const ran = await runCbctl([verb, "stripe", ...ACME], { serve });
    expect(ran).toMatchObject({ code: 0, writes: ["POST http://a/ops/breakers/payments/stripe/actions"] });
    expect(jsonOf(ran)).toMatchObject({
      action: verb,
      results: [{ key: "stripe", group: "payments", outcome: "applied", after: { state: after } }],
    });
    expect(JSON.parse(ran.requests.find(({ method }) => method === "POST")?.body ?? "")).toEqual(body);
  });

  test("patch puts the settings where the document says", async () => {
    const { breaker, serve } = acme();
    const ran = await runCbctl(["patch", "payments/stripe", "openDuration=45s", "errors=7", ...ACME], {
      serve,
    });
    expect(ran).toMatchObject({ code: 0, writes: ["PUT http://a/ops/breakers/payments/stripe/limits"] });
    expect(breaker.limits).toEqual({ errors: 7, cooldown_ms: 45_000 });
  });

  test("an error inside a 200 is an error", async () => {
    const { serve } = acme();
    const failing: Serve = (request) =>
      request.method === "GET"
        ? serve(request)
        : { body: { ok: false, error: { code: "busy", text: "come back later" } } };
    const ran = await runCbctl(["reset", "stripe", ...ACME], { serve: failing });
    expect(ran.code).toBe(8);
    expect(jsonOf(ran)).toMatchObject({
      results: [{ outcome: "failed", message: expect.stringContaining("come back later") }],
    });
  });

  test("an error inside a 200 of a read is an error", async () => {
    const serve: Serve = () => ({ body: { ok: false, error: { code: "unauthorized", text: "no key" } } });
    const ran = await runCbctl(["status", "--system", "acme", "--admin-url", "http://a", "-o", "json"], {
      serve,
    });
    expect(ran.code).toBe(9);
    expect(jsonOf(ran)).toMatchObject({
      error: { code: "unauthorized", hint: expect.stringContaining("X-Api-Key") },
    });
  });
});

describe("gateway", () => {
  const GATEWAY = ["--system", "gateway", "--admin-url", "http://g", "-o", "json"];
  const serve =
    (circuits: object, status = 200): Serve =>
    ({ method }) => ({ status, body: method === "GET" ? circuits : { message: "reset" } });

  test.each([
    [
      "with the fields of its document",
      { state: "open", failure_count: 5, recent_failures: 5, total_calls: 20 },
      null,
    ],
    [
      "with those of the real server",
      {
        name: "auth",
        state: "open",
        recent_failures: 5,
        total_calls: 20,
        last_failure_time: 1_772_366_000.5,
      },
      "2026-03-01T11:53:20.500Z",
    ],
  ])("%s is read", async (_, auth, lastFailureAt) => {
    const circuits = {
      circuit_breakers: { auth },
      proxy_circuits: { auth },
      timestamp: "2026-03-01T12:00:00",
    };
    const ran = await runCbctl(["status", "--by", "instance", ...GATEWAY], { serve: serve(circuits) });
    expect(jsonOf(ran)).toMatchObject({
      instances: [
        {
          breakers: [
            {
              key: "auth",
              state: "open",
              lastFailureAt,
              counts: { failures: 5, calls: 20, scope: "window" },
            },
          ],
        },
      ],
    });
  });

  test("empty until there is traffic: an answer, and no data for a rule", async () => {
    const empty = serve({ circuit_breakers: {} });
    expect((await runCbctl(["status", ...GATEWAY], { serve: empty })).code).toBe(0);
    expect((await runCbctl(["status", ...GATEWAY, "--fail-on", "any-open"], { serve: empty })).code).toBe(9);
  });

  test("a service that it does not know is refused with near names, and nothing is sent", async () => {
    const ran = await runCbctl(["reset", "auht", ...GATEWAY, "--yes"], {
      serve: serve({ circuit_breakers: { auth: { state: "open" } } }),
    });
    expect(ran).toMatchObject({ code: 2, writes: [] });
    expect(jsonOf(ran)).toMatchObject({ error: { code: "unknown-name", hint: "did you mean auth?" } });
  });

  test("a 200 that does nothing is no success", async () => {
    const ran = await runCbctl(["reset", "auth", ...GATEWAY, "--yes"], {
      serve: serve({ circuit_breakers: { auth: { state: "open" } } }),
    });
    expect(ran).toMatchObject({ code: 8, writes: ["POST http://g/api/v1/circuit-breakers/auth/reset"] });
    expect(jsonOf(ran)).toMatchObject({
      results: [{ outcome: "unverified", message: "read back unchanged: still open after 3s" }],
    });
  });

  test.each([
    [401, { detail: "Token expired" }, "unauthorized", /POST \/api\/v1\/auth\/login/],
    [403, { detail: "Not authenticated" }, "unauthorized", /add auth: \{bearer/],
    [403, { detail: "Forbidden" }, "unauthorized", /may not do it/],
    [404, { detail: "Not Found" }, "not-understood", /check the URL/],
    [429, {}, "rate-limited", /try again later/],
  ])("%i %o is told with what to do", async (status, body, code, hint) => {
    const ran = await runCbctl(["status", ...GATEWAY], { serve: serve(body, status) });
    expect(ran.code).toBe(9);
    expect(jsonOf(ran)).toMatchObject({ error: { code, hint: expect.stringMatching(hint) } });
  });

  test("patch has no way, and says how it is done by hand", async () => {
    const ran = await runCbctl(["patch", "auth", "failureThreshold=7", ...GATEWAY, "--yes"]);
    expect(ran).toMatchObject({ code: 4, requests: [] });
    expect(jsonOf(ran)).toMatchObject({ error: { hint: expect.stringContaining("CircuitBreakerConfig") } });
  });
});

test("a server that echoes the token shows it nowhere", async () => {
  const token = "canary-0123456789";
  const files = new Map<string, string>();
  const serve: Serve = ({ credentials }) => ({
    status: 500,
    body: { detail: `bad token ${credentials["Authorization"]}` },
  });
  const ran = await runCbctl(
    ["status", "-v", "--system", "gateway", "--admin-url", "http://g", "-o", "json"],
    { serve, files, env: { CBCTL_TOKEN: token } },
  );
  expect(ran.requests[0]?.credentials).toEqual({ Authorization: `Bearer ${token}` });
  expect(jsonOf(ran)).toMatchObject({ error: { message: expect.stringContaining("bad token Bearer ***") } });
  expect([ran.stdout, ran.stderr, ...files.values()].join("\n")).not.toContain(token);
});

test("hostile names are harmless in every format", async () => {
  const name = "evil\u001b[2J\u202ek";
  const serve: Serve = () => ({
    body: { circuit_breakers: { [name]: { state: "\u0007open\u200b" }, well: { state: "closed" } } },
  });
  for (const format of ["table", "wide", "json", "yaml", "name", "csv"]) {
    const { stdout, stderr } = await runCbctl(
      ["status", "--system", "gateway", "--admin-url", "http://g", "-o", format],
      { serve },
    );
    expect(stdout).toContain("evil");
    expect(stdout + stderr).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  }
});
