import { describe, expect, test } from "vitest";
import { jsonOf } from "../support/fake-host.ts";
import { at } from "./fleet-server.ts";
import { PATCH_K1, run } from "./one-instance.ts";

describe("patch", () => {
  test.each([
    [["k1", "failureThreshold=7"], [PATCH_K1], { failure_threshold: 7 }],
    [["k1", "openDuration=90s"], [PATCH_K1], { timeout: 90 }],
    [["k1", "timeout=90"], [PATCH_K1], { timeout: 90 }],
    [["k1", "openDuration=2m", "successThreshold=3"], [PATCH_K1], { timeout: 120, success_threshold: 3 }],
    [
      ["--all", "failureThreshold=7", "--max", "3"],
      ["PATCH http://a/api/v1/circuit-breaker/config"],
      { failure_threshold: 7 },
    ],
  ])("%o", async (argv, writes, body) => {
    const ran = await run(["patch", ...argv, ...at("a"), "--yes", "-o", "json"]);
    expect(ran).toMatchObject({ code: 0, writes });
    const [request] = ran.requests.filter(({ method }) => method === "PATCH");
    expect(JSON.parse(request?.body ?? "null")).toEqual(body);
    for (const result of jsonOf<{ results: object[] }>(ran).results)
      expect(result).toMatchObject({ outcome: "applied" });
  });

  test("of what the system does not show is accepted, and said not to be confirmed", async () => {
    const ran = await run(["patch", "k1", "halfOpenMaxCalls=3", ...at("a"), "--yes", "-o", "json"]);
    expect(ran.code).toBe(8);
    expect(jsonOf(ran)).toMatchObject({
      results: [{ outcome: "unverified", message: expect.stringContaining("does not show it") }],
    });
  });

  test.each([
    [["k1"], "usage", /nothing to set/],
    [["failureThreshold=7"], "usage", /no breaker is named/],
    [["k1", "failureThreshold=0"], "out-of-bounds", /failureThreshold: 0 is out of bounds/],
    [["k1", "openDuration=1500ms"], "out-of-bounds", /not exact in seconds/],
    [["k1", "openDuration=90"], "usage", /not a duration with its unit/],
    [["k1", "failureTreshold=7"], "unknown-name", /knows no threshold/],
    [["k1", "failureThreshold=7", "failure_threshold=8"], "usage", /given twice/],
  ])("%o is refused before anything is asked of anyone", async (argv, code, message) => {
    const ran = await run(["patch", ...argv, ...at("a"), "--yes", "-o", "json"]);
    expect(ran).toMatchObject({ code: 2, writes: [] });
    expect(jsonOf(ran)).toMatchObject({ error: { code, message: expect.stringMatching(message) } });
  });
});

describe("what a system cannot do", () => {
  test.each(["trip", "release", "enable", "disable"])(
    "%s is refused with 4 and the system's own way, and nothing is asked",
    async (verb) => {
      const ran = await run([verb, "k1", ...at("a"), "--yes", "-o", "json"]);
      expect(ran).toMatchObject({ code: 4, requests: [] });
      expect(jsonOf(ran)).toMatchObject({
        error: {
          code: "unsupported",
          message: `system key-breakers has no ${verb}`,
          hint: expect.stringMatching(/\w+/),
        },
      });
    },
  );
});
