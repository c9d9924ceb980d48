import { describe, expect, test } from "vitest";
import type { BreakerDescription, BreakerList, ChangeAnswer } from "../../src/domain/answers.ts";
import { adminServer, sendJson } from "../support/admin-server.ts";
import { cbctl, json } from "../support/cbctl.ts";
import { expectCannotTell, golden, list, of, serve } from "../support/golden-answers.ts";
import { personInSandbox } from "../support/sandbox-person.ts";
import { expectUndeclared } from "../support/undeclared.ts";

const SURE = ["--yes", "--hold", "100ms", "-o", "json"];
const ALL = ["deepseek_api", "mcp_server", "mcp_tools", "perplexity_api"];

describe.each(["documented", "real"])("agent-breakers as %s", (behaviour) => {
  const person = (scenario: string) => personInSandbox("agent-breakers", scenario, "--as", behaviour);

  test("status and describe: every breaker, its counts, and the thresholds that it works by", async () => {
    const someone = await person("one-open");
    const { breakers, summary } = json<BreakerList>(await someone.run("status", "-o", "json"));
    expect(breakers.map(({ key }) => key).sort()).toEqual(ALL);
    expect(summary).toMatchObject({ total: 4, open: 1, closed: 3, unknown: 0 });
    const [open] = breakers;
    const ran = await someone.run("describe", open?.key ?? "", "-o", "json");
    const described = json<BreakerDescription>(ran);
    expect([ran.code, described.breaker.state, described.breaker.group]).toEqual([0, "open", null]);
    expect(described.breaker.thresholds).toEqual({
      failureThreshold: expect.any(Number),
      openDurationMs: expect.any(Number),
    });
    expect(described.breaker.inForce).toEqual({ failureThreshold: expect.any(Number) });
    expect(described.instances.map(({ lastFailureAt }) => lastFailureAt)).not.toContain(null);
    expect(described.capabilities.filter(({ reaches }) => reaches.length > 0)).toMatchObject([
      { verb: "reset", reaches: ["breaker", "all"] },
    ]);
  });

  test("reset of one closes it on both instances, and says that the backoff stays", async () => {
    const someone = await person("one-open");
    const open = Object.entries(await someone.states()).find(([, state]) => state === "open")?.[0] ?? "";
    const unasked = await someone.run("reset", open);
    expect([unasked.code, unasked.stderr]).toEqual([4, expect.stringContaining("the grown open time stays")]);
    const before = json<BreakerDescription>(await someone.run("describe", open, "-o", "json")).breaker;
    const ran = await someone.run("reset", open, ...SURE);
    expect([ran.code, json<ChangeAnswer>(ran).applied]).toEqual([0, 2]);
    const after = json<BreakerDescription>(await someone.run("describe", open, "-o", "json")).breaker;
    expect(after.state).toBe("closed");
    expect(after.thresholds["openDurationMs"]).toBe(before.thresholds["openDurationMs"]);
    for (const url of someone.urls) {
      const writes = await someone.writes(url);
      expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
        `POST /api/v1/circuit-breakers/${open}/reset`,
      ]);
    }
  });

  test("reset of all is one request to each instance", async () => {
    const someone = await person("one-open");
    const ran = await someone.run("reset", "--all", "--max", "4", ...SURE);
    const outcomes = json<ChangeAnswer>(ran).results.map(({ outcome }) => outcome);
    expect([ran.code, outcomes.filter((outcome) => outcome === "applied").length]).toEqual([0, 2]);
    for (const url of someone.urls)
      expect((await someone.writes(url)).map(({ path }) => path)).toEqual(["/api/v1/circuit-breakers/reset"]);
  });

  test("each change that it does not have: 4, with its own way", async () => {
    const someone = await person("healthy");
    await expectUndeclared(someone, "trip", "mcp_server", /Stop the agent/);
    await expectUndeclared(someone, "release", "mcp_server", /closes by itself, or by a reset/);
    await expectUndeclared(someone, "enable", "mcp_server", /cannot be switched off here/);
    await expectUndeclared(someone, "disable", "mcp_server", /CB_<NAME>_THRESHOLD/);
    await expectUndeclared(someone, "patch", "mcp_server", /CB_<NAME>_TIMEOUT \(seconds\)/);
  });
});

describe("adaptive thresholds: what is set and what is in force", () => {
  const extended = async (name: string) => of("agent-breakers", await serve(golden(name).body));

  test("are both told where the server tells both", async () => {
    const where = await extended("agent-breakers-extended-documented");
    const [breaker] = (await list(where)).breakers;
    expect(breaker).toMatchObject({
      thresholds: { failureThreshold: 5, openDurationMs: 270_000 },
      inForce: { failureThreshold: 2 },
    });
    const text = (await cbctl(["describe", "deepseek_api", ...where])).stdout;
    expect(text).toMatch(/failureThreshold +5 \(in force: 2\)/);
    expect(text).toContain("it tries again by itself 4m30s after it opened");
  });

  test("are the same where the server has one number, which is in force", async () => {
    const where = await extended("agent-breakers-extended-real");
    expect((await list(where)).breakers).toMatchObject([
      { thresholds: { failureThreshold: 2 }, inForce: { failureThreshold: 2 } },
    ]);
    expect((await cbctl(["describe", "deepseek_api", ...where])).stdout).not.toContain("in force");
  });

  test("that differ between instances are not told as one", async () => {
    const body = (current: number) => [
      { name: "a", state: "closed", failure_threshold: 5, current_threshold: current, recovery_timeout: 60 },
    ];
    const { breakers } = await list(of("agent-breakers", await serve(body(2)), await serve(body(5))));
    expect(breakers).toMatchObject([
      { thresholds: { failureThreshold: 5 }, inForce: { failureThreshold: null } },
    ]);
  });

  test("of a system that adapts none have no such field", async () => {
    const { breakers } = await list(of("gateway", await serve(golden("gateway-list-real").body)));
    expect(breakers.map((breaker) => "inForce" in breaker)).toEqual([false, false]);
  });
});

describe("trap 3: nothing is listed right after a start", () => {
  test("which is no health: status says so, and --fail-on cannot tell", async () => {
    const where = of("agent-breakers", await serve([]));
    const status = await cbctl(["status", ...where]);
    expect([status.code, status.stdout]).toEqual([0, ""]);
    expect(status.stderr).toContain("no breakers registered yet");
    expect((await cbctl(["status", "--fail-on", "any-open", ...where])).code).toBe(9);
  });
});

describe("trap 5: GET /{name} swallows routes, and a 404 means three things", () => {
  test("a route that the server does not have reads like a breaker's name, and is not told as one", async () => {
    const detail = "Circuit breaker 'extended-status' not found. Available: ['deepseek_api']";
    const ran = await cbctl(["status", ...of("agent-breakers", await serve({ detail }, 404))]);
    expectCannotTell(ran, /has no \/extended-status and took it for the name of a breaker/);
  });

  test("a path that is not there asks to check the URL", async () => {
    const ran = await cbctl(["status", ...of("agent-breakers", await serve({ detail: "Not Found" }, 404))]);
    expectCannotTell(ran, /check the URL/);
  });

  test("a breaker that went away between reading and resetting is told by the server's words", async () => {
    const server = await adminServer(({ method }, response) => {
      if (method === "GET") sendJson(response, golden("agent-breakers-extended-real").body);
      else sendJson(response, golden("agent-breakers-reset-unknown").body, 404);
    });
    const ran = await cbctl([
      "reset",
      "deepseek_api",
      "--yes",
      "--hold",
      "0s",
      ...of("agent-breakers", server),
    ]);
    expect(ran.code).toBe(8);
    expect(ran.stdout + ran.stderr).toMatch(
      /Circuit breaker '\w+' not found: it is gone, or was never there/,
    );
  });
});

describe("trap 10: success_rate counts to 100", () => {
  test("and is not taken for a share", async () => {
    const { breakers } = await list(
      of("agent-breakers", await serve(golden("agent-breakers-extended-real").body)),
    );
    expect(breakers[0]?.counts).toMatchObject({ failures: 2, successes: 0, calls: 2 });
    expect(JSON.stringify(breakers)).not.toContain("success_rate");
  });
});

describe("trap 14: max-age=60 lets a proxy repeat an old state", () => {
  test("status asks for a fresh one, so that a reset is seen while the proxy still has the open state", async () => {
    const someone = await personInSandbox("agent-breakers", "one-open", "--quirk", "caching-proxy");
    const open = Object.entries(await someone.states()).find(([, state]) => state === "open")?.[0] ?? "";
    const cached = async () =>
      (await fetch(`${someone.urls[0]}/api/v1/circuit-breakers/extended-status`)).text();
    const before = await cached();
    expect(before).toContain('"open"');
    for (const url of someone.urls)
      await fetch(`${url}/api/v1/circuit-breakers/${open}/reset`, { method: "POST" });
    expect(await cached()).toBe(before);
    expect((await someone.states())[open]).toBe("closed");
  });
});

describe("trap 16: a token without Bearer", () => {
  test("a 401 says how it is given", async () => {
    const ran = await cbctl([
      "status",
      ...of("agent-breakers", await serve({ message: "Unauthorized" }, 401)),
    ]);
    expectCannotTell(ran, /compared as it stands, without "Bearer"/);
  });
});
