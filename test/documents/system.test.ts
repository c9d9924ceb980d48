import { describe, expect, test } from "vitest";
import { parseDocumentOf } from "../../src/documents/document.ts";

const HEAD = "apiVersion: cbctl.dev/v1\nkind: System\nmetadata: {name: shop}\nspec:\n";
const READ = "  read: {call: GET /b, state: state}\n";

function system(spec: string) {
  return parseDocumentOf("System", HEAD + spec, "s.yaml");
}

describe("what a System document means", () => {
  test("short forms are long ones", () => {
    const short = system(
      "  inputs: {prefix: /ops}\n  read:\n    call: GET ${prefix}/b\n    state: state\n    key: {at: id, unknown: '-'}\n" +
        "  checks: {health: GET /health}\n  metrics: {labels: {key: name}, state: {remaining: left_ms}}\n" +
        "  answers: [{status: 404, means: no-such-breaker}]\n",
    );
    const long = system(
      "  inputs: {prefix: {default: /ops}}\n  read:\n    call: {http: 'GET ${prefix}/b'}\n    state: {at: state}\n" +
        "    key: {at: id, unknown: ['-']}\n  checks: {health: {call: {http: GET /health}}}\n" +
        "  metrics: {labels: {key: name}, state: [{remaining: left_ms}]}\n  answers: [{status: [404], means: no-such-breaker}]\n",
    );
    expect(short).toEqual(long);
    expect(short.read).toEqual({
      call: { http: "GET ${prefix}/b" },
      state: { at: "state" },
      key: { at: "id", unknown: ["-"] },
    });
  });

  test("what is not written is empty, and cannot be done", () => {
    expect(system(READ)).toEqual({
      name: "shop",
      title: "shop",
      description: null,
      inputs: {},
      read: { call: { http: "GET /b" }, state: { at: "state" } },
      thresholds: { known: {} },
      change: {},
      answers: [],
      metrics: null,
      checks: {},
      health: null,
      pace: null,
      instead: {},
    });
  });

  test("thresholds are canonical numbers", () => {
    const { thresholds } = system(
      `${READ}  thresholds:
    in: config
    failureThreshold: {as: n, min: 1, max: 10, default: 5}
    failureRateThreshold: {as: rate, unit: percent, min: 5%, max: 1, default: 62.5%}
    openDuration: {as: cool, unit: s, min: 500ms, max: 1h, default: 1m30s}
    enabled: {as: on, default: true, readOnly: true}
    halfOpenMaxCalls: {as: probes, writeOnly: true}
`,
    );
    expect(thresholds).toEqual({
      in: "config",
      known: {
        failureThreshold: { as: "n", min: 1, max: 10, default: 5 },
        failureRateThreshold: { as: "rate", unit: "percent", min: 0.05, max: 1, default: 0.625 },
        openDuration: { as: "cool", unit: "s", min: 500, max: 3_600_000, default: 90_000 },
        enabled: { as: "on", default: true, readOnly: true },
        halfOpenMaxCalls: { as: "probes", writeOnly: true },
      },
    });
  });

  test.each([
    ["a call", "POST /r", { calls: [{ http: "POST /r" }] }],
    [
      "calls in order",
      "[POST /a, {http: POST /b, body: {x: 1}}]",
      { calls: [{ http: "POST /a" }, { http: "POST /b", body: { x: 1 } }] },
    ],
    [
      "a call with what else there is to know",
      "{http: POST /r, headers: {X-A: b}, holds: until-released, note: it restarts}",
      { calls: [{ http: "POST /r", headers: { "X-A": "b" } }], holds: "until-released", note: "it restarts" },
    ],
    [
      "a call and its body",
      "{call: POST /r, body: [1], holds: open-duration}",
      { calls: [{ http: "POST /r", body: [1] }], holds: "open-duration" },
    ],
    ["a call in full", "{call: {http: POST /r}}", { calls: [{ http: "POST /r" }] }],
    [
      "several with a note",
      "{calls: [POST /a, POST /b], note: twice}",
      { calls: [{ http: "POST /a" }, { http: "POST /b" }], note: "twice" },
    ],
  ])("a reach is %s", (_, written, change) => {
    expect(system(`${READ}  change: {reset: {breaker: ${written}}}\n`).change).toEqual({
      reset: { breaker: change },
    });
  });

  test.each([
    ["in short", "GET /ready", undefined, { http: "GET /ready" }, undefined],
    ["with a status", "GET /ready", 503, { http: "GET /ready" }, [503]],
    [
      "in full",
      "{http: GET /ready, headers: {X-A: b}}",
      "[200, 503]",
      { http: "GET /ready", headers: { "X-A": "b" } },
      [200, 503],
    ],
  ])("a health call %s", (_, call, accept, filled, accepted) => {
    const accepting = accept === undefined ? "" : `, accept: ${accept}`;
    expect(system(`${READ}  health: {call: ${call}, ready: up${accepting}}\n`).health).toEqual({
      call: filled,
      ready: "up",
      ...(accepted && { accept: accepted }),
    });
  });

  test("where a threshold in force stands", () => {
    const { known } = system(
      `${READ}  thresholds: {failureThreshold: {as: set, inForce: now, readOnly: true}}\n`,
    ).thresholds;
    expect(known.failureThreshold).toEqual({ as: "set", inForce: "now", readOnly: true });
  });

  test("metrics, answers and pace", () => {
    const { metrics, answers, pace } = system(
      `${READ}  pace: {calls: 100, per: 15m}
  metrics:
    labels: {key: id}
    state: [{series: s, words: {open: 1, closed: 0}}, {series: h, label: state}, {transitions: t, to: to}]
    failures: 'calls_total{kind="failed"}'
  answers: [{call: change, status: [403, 405], when: {ref: n, gte: 50%}, means: unsupported, hint: no}]
`,
    );
    expect(pace).toEqual({ calls: 100, perMs: 900_000 });
    expect(metrics).toEqual({
      labels: { key: "id" },
      state: [
        { series: "s", words: { open: 1, closed: 0 } },
        { series: "h", label: "state" },
        { transitions: "t", to: "to" },
      ],
      series: { failures: 'calls_total{kind="failed"}' },
    });
    expect(answers).toEqual([
      { call: "change", status: [403, 405], when: { ref: "n", gte: 0.5 }, means: "unsupported", hint: "no" },
    ]);
  });
});
