import type { Read, System } from "../../src/domain/system.ts";
import type { Answer } from "../../src/domain/vocabulary/call.ts";

/** A system that can be read and nothing else, until a test says more. */
export function systemOf(more: Partial<System> = {}): System {
  return {
    name: "acme",
    title: "Acme",
    description: null,
    inputs: {},
    read: { call: { http: "GET /breakers" }, key: { at: "id" }, state: { at: "state" } },
    thresholds: { known: {} },
    change: {},
    answers: [],
    metrics: null,
    checks: {},
    health: null,
    pace: null,
    instead: {},
    ...more,
  };
}

export function readOf(more: Partial<Read> = {}): Read {
  return { call: { http: "GET /breakers" }, state: { at: "state" }, ...more };
}

/** What came back: JSON when the body is one. */
export function answerOf(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  const from = "http://a:1/breakers";
  if (typeof body === "string") return { status, headers, text: body, value: undefined, from };
  return { status, headers, text: JSON.stringify(body), value: body, from };
}
