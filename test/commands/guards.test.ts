import { describe, expect, test } from "vitest";
import type { FakeHostOptions } from "../support/fake-host.ts";
import { at } from "./fleet-server.ts";
import { oneInstance, RESET_K1, run } from "./one-instance.ts";

describe("guards", () => {
  const config = (more: object) => {
    const context = { system: "key-breakers", instances: "http://a", ...more };
    const text = JSON.stringify({
      apiVersion: "cbctl.dev/v1",
      kind: "Config",
      "current-context": "prod",
      contexts: { prod: context },
    });
    return new Map([["/config/config.yaml", text]]);
  };

  test.each([
    [["--yes"], 4, [], /a reason must be given/],
    [["--yes", "--reason", "r"], 4, [], /--confirm prod/],
    [["--yes", "--reason", "r", "--confirm", "prd"], 4, [], /--confirm says "prd"/],
    [["--yes", "--force", "--reason", "r"], 4, [], /context prod is protected/],
    [["--reason", "r", "--confirm", "prod"], 4, [], /no one consented/],
    [["--yes", "--reason", "r", "--confirm", "prod"], 0, [RESET_K1], /^$/],
  ])("a protected context, given %o, ends with %i", async (flags, code, writes, said) => {
    const ran = await run(["reset", "k1", ...flags], { files: config({ protected: true }) });
    expect(ran).toMatchObject({ code, writes });
    expect(ran.stderr).toMatch(said);
  });

  test("asks for both at a terminal, and keeps the reason", async () => {
    const ran = await run(["reset", "k1"], {
      files: config({ protected: true }),
      answers: ["upstream is back", "prod", true],
    });
    expect(ran).toMatchObject({ code: 0, writes: [RESET_K1] });
    expect(ran.files.get("/state/log.jsonl")).toContain("upstream is back");
  });

  test("a third reset within the hour wants --force, or the key typed", async () => {
    const files = new Map<string, string>();
    const again = (...flags: string[]) => run(["reset", "k1", ...at("a"), ...flags], { files });
    expect((await again("--yes")).code).toBe(0);
    expect((await again("--yes")).code).toBe(0);
    const third = await again("--yes");
    expect(third).toMatchObject({
      code: 4,
      writes: [],
      stderr: expect.stringContaining("was reset 2 times within the hour (12:00 by ana, 12:00 by ana)"),
    });
    expect(await run(["reset", "k1", ...at("a")], { files, answers: ["wrong", true] })).toMatchObject({
      code: 4,
      writes: [],
    });
    expect(await run(["reset", "k1", ...at("a")], { files, answers: ["deepseek/k1", true] })).toMatchObject({
      code: 0,
    });
    expect((await again("--yes", "--force")).code).toBe(0);
  });

  test("an upstream that fails its health check wants --force", async () => {
    const files = () => config({ upstreams: { k1: { health: "http://up/health" } } });
    const own = oneInstance();
    const serve: FakeHostOptions["serve"] = (request) =>
      request.url === "http://up/health" ? { status: 503, body: "" } : own(request);
    const ran = await run(["reset", "k1", "--yes"], { files: files(), serve });
    expect(ran).toMatchObject({
      code: 4,
      writes: [],
      stderr: expect.stringContaining("http://up/health answered 503, not 200"),
    });
    expect(await run(["reset", "k1", "--yes", "--force"], { files: files(), serve })).toMatchObject({
      code: 0,
    });
  });
});
