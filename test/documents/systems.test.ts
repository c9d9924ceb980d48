import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { judgeAnswer } from "../../src/dialect/answers.ts";
import { breakerReader } from "../../src/dialect/breakers.ts";
import { fillCall } from "../../src/dialect/calls.ts";
import { parseDocumentOf } from "../../src/documents/document.ts";
import type { Read } from "../../src/domain/system.ts";
import type { Verb } from "../../src/domain/vocabulary/change.ts";

const load = (name: string) => {
  const file = `systems/${name}.yaml`;
  return parseDocumentOf("System", readFileSync(file, "utf8"), file);
};

const systems = {
  "key-breakers": load("key-breakers"),
  gateway: load("gateway"),
  acme: load("acme"),
  "agent-breakers": load("agent-breakers"),
  updog: load("updog"),
  "router-extensions": load("router-extensions"),
};
type Name = keyof typeof systems;

interface Golden {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

function golden(name: string): Golden {
  return JSON.parse(readFileSync(`test/sandbox/golden/${name}.json`, "utf8")) as Golden;
}

function readings(name: Name, body: unknown) {
  return breakerReader(systems[name], systems[name].read as Read)(body, "http://a");
}

describe("reading", () => {
  test("key-breakers: a bare list, without the setting that it does not show", () => {
    expect(readings("key-breakers", golden("key-breakers-stats").body)).toMatchObject([
      {
        key: "abc123",
        group: "deepseek",
        state: "closed",
        counts: { failures: 0, successes: 0, calls: null, scope: null },
        thresholds: { failureThreshold: 5, successThreshold: 2, openDurationMs: 60_000 },
      },
    ]);
    expect(systems["key-breakers"].thresholds.known.halfOpenMaxCalls).toMatchObject({ writeOnly: true });
  });

  test("gateway: with the fields that its document shows", () => {
    const [only] = readings("gateway", golden("gateway-list-documented").body);
    expect(only).toMatchObject({
      key: "recommendation-service",
      state: "closed",
      lastFailureAt: null,
      thresholds: {},
    });
    expect(only?.counts).toEqual({
      failures: 0,
      successes: null,
      calls: 45,
      rejected: null,
      scope: "window",
    });
  });

  test("gateway: with those that the server adds, and each breaker once", () => {
    const told = readings("gateway", golden("gateway-list-real").body);
    expect(told.map(({ key, state }) => [key, state])).toEqual([
      ["recommendation-service", "closed"],
      ["search-service", "open"],
    ]);
    expect(told[1]?.lastFailureAt).toBe(new Date(1_795_231_404_969).toISOString());
  });

  test("gateway: nothing before there is traffic", () => {
    expect(
      readings("gateway", {
        circuit_breakers: {},
        proxy_circuits: {},
        timestamp: "2026-11-21T03:23:24.969257",
      }),
    ).toEqual([]);
  });

  test("gateway: another API's answer is not taken for breakers", () => {
    expect(() => readings("gateway", { status: "healthy", service: "api-gateway" })).toThrowError(
      expect.objectContaining({ code: "not-understood" }),
    );
  });

  const breaker = {
    id: "card-auth",
    mode: "auto",
    status: "OPEN",
    changed: "2026-11-21T03:21:27Z",
    next_probe: null,
  };

  test("acme: breakers of all services, with their own name and their service's", () => {
    const services = [
      { service: "payments", breakers: [breaker, { ...breaker, id: "ledger", status: "CLOSED" }] },
      { service: "idle", breakers: [] },
      { service: "shipping", breakers: [{ ...breaker, id: "rates", status: "PROBING" }] },
    ];
    expect(
      readings("acme", { ok: true, data: { services } }).map(({ group, key, state }) => [group, key, state]),
    ).toEqual([
      ["payments", "card-auth", "open"],
      ["payments", "ledger", "closed"],
      ["shipping", "rates", "half_open"],
    ]);
  });

  test("acme: all that it tells of one", () => {
    expect(readings("acme", golden("acme-list-open").body)).toEqual([
      {
        key: "card-auth",
        group: "payments",
        labels: {},
        instance: "http://a",
        state: "open",
        nativeState: "OPEN",
        reason: null,
        since: "2026-11-21T03:21:27.000Z",
        retryAt: "2026-11-21T03:21:57.000Z",
        lastFailureAt: null,
        counts: { failures: 3, successes: null, calls: 120, rejected: 0, scope: "window" },
        thresholds: {
          failureThreshold: 5,
          successThreshold: 2,
          openDurationMs: 30_000,
          halfOpenMaxCalls: 3,
          callTimeoutMs: 2_000,
        },
      },
    ]);
  });

  test.each([
    ["auto", "CLOSED", "closed"],
    ["auto", "OPEN", "open"],
    ["auto", "PROBING", "half_open"],
    ["forced_open", "CLOSED", "forced_open"],
    ["off", "OPEN", "disabled"],
  ])("acme: mode %s and status %s are %s", (mode, status, state) => {
    const services = [{ service: "s", breakers: [breaker, { ...breaker, mode, status }] }];
    expect(readings("acme", { ok: true, data: { services } })[1]?.state).toBe(state);
  });

  test.each([
    ["auto", "DIZZY"],
    ["manual", "CLOSED"],
    ["auto", null],
  ])("acme: mode %s and status %s are not guessed", (mode, status) => {
    const services = [{ service: "s", breakers: [breaker, { ...breaker, mode, status }] }];
    expect(readings("acme", { ok: true, data: { services } })[1]?.state).toBe("unknown");
  });
});

describe("what an answer means", () => {
  test.each([
    ["key-breakers", "read", "key-breakers-stats", "ok", null],
    ["key-breakers", "change", "key-breakers-unknown", "no-such-breaker", "Circuit breaker 'nope' not found"],
    ["key-breakers", "change", "fastapi-not-found", "failed", "Not Found"],
    ["key-breakers", "change", "fastapi-method-not-allowed", "unsupported", "Method Not Allowed"],
    ["gateway", "read", "gateway-list-real", "ok", null],
    ["gateway", "read", "gateway-no-credentials", "unauthorized", "Not authenticated"],
    ["gateway", "read", "gateway-wrong-scheme", "unauthorized", "Invalid authentication credentials"],
    ["gateway", "change", "gateway-bad-token", "unauthorized", "Could not validate credentials"],
    ["agent-breakers", "read", "agent-breakers-extended-real", "ok", null],
    ["agent-breakers", "change", "fastapi-method-not-allowed", "unsupported", "Method Not Allowed"],
    ["agent-breakers", "change", "fastapi-not-found", "failed", "Not Found"],
    ["updog", "read", "updog-state-flat", "ok", null],
    ["updog", "read", "updog-unauthorized", "unauthorized", "Valid JWT token required"],
    ["updog", "read", "updog-ambiguous-credentials", "unauthorized", "ambiguous_credentials"],
    ["router-extensions", "read", "router-extensions-real", "ok", null],
    ["router-extensions", "read", "router-extensions-down", "failed", "Router or NATS unavailable"],
    ["router-extensions", "read", "router-route-not-found", "failed", "route not found"],
    ["acme", "read", "acme-list", "ok", null],
    ["acme", "read", "acme-error", "unauthorized", "X-Api-Key is missing or wrong"],
  ] as const)("%s, %s: %s", (name, call, file, means, message) => {
    const { status, headers, body } = golden(file);
    const text = JSON.stringify(body);
    const verdict = judgeAnswer(
      systems[name],
      { status, headers, text, value: body, from: "http://a" },
      call,
    );
    expect(verdict).toMatchObject({ means, message });
  });

  test.each([
    ["no_such_breaker", "no-such-breaker"],
    ["bad_limit", "failed"],
    ["bad_request", "failed"],
    ["unauthorized", "unauthorized"],
  ])("acme: %s inside a 200", (code, means) => {
    const value = { ok: false, error: { code, text: "in its own words" } };
    const answer = { status: 200, headers: {}, text: "", value, from: "http://a" };
    expect(judgeAnswer(systems.acme, answer, "change")).toMatchObject({ means, message: "in its own words" });
  });

  test("gateway: a name that its firewall refuses", () => {
    const answer = {
      status: 400,
      headers: {},
      text: "",
      value: { detail: "Malicious request" },
      from: "http://a",
    };
    expect(judgeAnswer(systems.gateway, answer, "change")).toMatchObject({
      means: "failed",
      hint: expect.stringContaining("--"),
    });
  });
});

describe("what is sent", () => {
  const holes = { key: "a b", group: "pay/ments" };
  const actions = "/ops/breakers/pay%2Fments/a%20b/actions";
  test.each<[Name, Verb, string, string, unknown]>([
    ["key-breakers", "reset", "breaker", "POST /api/v1/circuit-breaker/a%20b/reset", null],
    ["key-breakers", "reset", "all", "POST /api/v1/circuit-breaker/reset", null],
    ["key-breakers", "patch", "breaker", "PATCH /api/v1/circuit-breaker/a%20b/config", { n: 7 }],
    ["key-breakers", "patch", "all", "PATCH /api/v1/circuit-breaker/config", { n: 7 }],
    ["gateway", "reset", "breaker", "POST /api/v1/circuit-breakers/a%20b/reset", null],
    ["agent-breakers", "reset", "breaker", "POST /api/v1/circuit-breakers/a%20b/reset", null],
    ["agent-breakers", "reset", "all", "POST /api/v1/circuit-breakers/reset", null],
    ["acme", "reset", "breaker", `POST ${actions}`, { do: "reset" }],
    ["acme", "trip", "breaker", `POST ${actions}`, { do: "trip" }],
    ["acme", "release", "all", "POST /ops/breakers/actions", { do: "release" }],
    ["acme", "enable", "breaker", `POST ${actions}`, { do: "enable" }],
    ["acme", "disable", "all", "POST /ops/breakers/actions", { do: "disable" }],
    ["acme", "patch", "breaker", "PUT /ops/breakers/pay%2Fments/a%20b/limits", { limits: { n: 7 } }],
    ["acme", "patch", "group", "PUT /ops/breakers/pay%2Fments/limits", { limits: { n: 7 } }],
  ])("%s: %s of %s", (name, verb, reach, line, body) => {
    const [call] = systems[name].change[verb]?.[reach]?.calls ?? [];
    if (call === undefined) throw new Error("it is not declared");
    const filled = fillCall(call, holes, verb === "patch" ? { n: 7 } : null);
    expect(`${filled.method} ${filled.path}`).toBe(line);
    expect(filled.body === null ? null : JSON.parse(filled.body)).toEqual(body);
  });

  test.each(Object.keys(systems) as Name[])("%s explains what it cannot do, and only that", (name) => {
    const { change, instead } = systems[name];
    const verbs = ["disable", "enable", "patch", "release", "reset", "trip"];
    expect([...Object.keys(change), ...Object.keys(instead)].sort()).toEqual(verbs);
  });

  test("what a system can do", () => {
    expect(Object.keys(systems["key-breakers"].change)).toEqual(["reset", "patch"]);
    expect(Object.keys(systems.gateway.change)).toEqual(["reset"]);
    expect(Object.keys(systems.acme.change)).toEqual([
      "reset",
      "trip",
      "release",
      "enable",
      "disable",
      "patch",
    ]);
    expect(Object.keys(systems["agent-breakers"].change)).toEqual(["reset"]);
    expect([systems.updog.change, systems["router-extensions"].change]).toEqual([{}, {}]);
  });
});
