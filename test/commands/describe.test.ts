import { describe, expect, test } from "vitest";
import { jsonOf } from "../support/fake-host.ts";
import { at } from "./fleet-server.ts";
import { run } from "./one-instance.ts";

describe("describe", () => {
  test("tells one breaker in full", async () => {
    const ran = await run(["describe", "k1", ...at("a"), "-o", "json"]);
    expect(ran.code).toBe(0);
    expect(jsonOf(ran)).toMatchObject({
      kind: "BreakerDescription",
      breaker: { key: "k1", state: "open" },
      instances: [{ instance: "a" }],
      next: [expect.stringContaining("1m after it opened")],
    });
    expect((await run(["describe", "k1", ...at("a")])).stdout).toContain("deepseek/k1");
  });

  test.each([
    [["k9", ...at("a")], 2],
    [["k*", ...at("a")], 2],
    [["k1", ...at("dead")], 9],
    [["k1", ...at("a", "dead")], 9],
    [[...at("a")], 2],
  ])("%o ends with %i", async (argv, code) => {
    expect((await run(["describe", ...argv])).code).toBe(code);
  });
});
