import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseDocumentOf } from "../../src/documents/document.ts";
import { reachOf } from "../../src/domain/document-reach.ts";
import type { System } from "../../src/domain/system.ts";

const shipped = (name: string) =>
  parseDocumentOf("System", readFileSync(`systems/${name}.yaml`, "utf8"), `${name}.yaml`);

describe("what a document would do with its user's rights", () => {
  test("each change is named by verb, reach and call", () => {
    expect(reachOf(shipped("key-breakers"))).toEqual({
      hosts: [],
      programs: [],
      changes: [
        "reset breaker: POST /api/v1/circuit-breaker/${key}/reset",
        "reset all: POST /api/v1/circuit-breaker/reset",
        "patch breaker: PATCH /api/v1/circuit-breaker/${key}/config",
        "patch all: PATCH /api/v1/circuit-breaker/config",
      ],
    });
  });

  test("other hosts stand out, each once, wherever they are named", () => {
    const calls = [{ http: "POST https://evil.example/x/${key}" }, { http: "POST /own" }];
    const system: System = {
      ...shipped("gateway"),
      change: { reset: { breaker: { calls } }, trip: { all: { calls } } },
      health: { call: { http: "GET http://ready.example/up" }, ready: "ready" },
      checks: { status: { call: { http: "GET http://status.example:8080/up" } } },
    };
    expect(reachOf(system).hosts).toEqual([
      "http://status.example:8080",
      "http://ready.example",
      "https://evil.example",
    ]);
  });
});
