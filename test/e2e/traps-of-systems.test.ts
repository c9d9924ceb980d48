import { describe, expect, test } from "vitest";
import { adminServer, keyBreaker, sendJson } from "../support/admin-server.ts";
import { cbctl, json } from "../support/cbctl.ts";
import { expectCannotTell, golden, list, of, serve, statesOf } from "../support/golden-answers.ts";
import { at, listing } from "../support/key-breakers.ts";
import { sandboxOfTests } from "../support/sandbox.ts";

describe("trap 11: one system counts seconds, another milliseconds", () => {
  test("both are told in milliseconds, under names that say so", async () => {
    const [seconds] = (await list(at(await listing([keyBreaker("k1", "closed", { timeout: 60 })])))).breakers;
    const [milliseconds] = (await list(of("acme", await serve(golden("acme-list").body)))).breakers;
    expect(seconds?.thresholds).toMatchObject({ openDurationMs: 60_000 });
    expect(milliseconds?.thresholds).toMatchObject({ openDurationMs: 30_000, callTimeoutMs: 2_000 });
  });

  test("a bare timeout is never printed", async () => {
    const ran = await cbctl(["status", "-o", "wide", ...at(await listing([keyBreaker("k1", "closed")]))]);
    expect(ran.stdout).toContain("openDuration=1m");
    expect(ran.stdout).not.toMatch(/\btimeout/);
  });
});

describe("trap 13: a path that redirects to itself with a slash", () => {
  test("is followed, and the answer is read", async () => {
    const server = await adminServer(({ path }, response) => {
      if (path.endsWith("/")) sendJson(response, [keyBreaker("k1", "open")]);
      else response.writeHead(307, { Location: `${path}/` }).end();
    });
    expect(statesOf(await list(at(server)))).toEqual(["open"]);
  });
});

describe("trap 14: a proxy may keep a state for a minute", () => {
  test("every read asks for a fresh one", async () => {
    const server = await listing([keyBreaker("k1", "closed")]);
    await list(at(server));
    expect(server.requests.map(({ headers }) => headers["cache-control"])).toEqual(["no-cache"]);
  });
});

describe("trap 15: requests are limited", () => {
  test("a 429 is told with when to come back, and is not tried again", async () => {
    const server = await adminServer((_, response) => {
      response.setHeader("Retry-After", "60");
      sendJson(response, { detail: "Rate limit exceeded. Try again later.", retry_after: 60 }, 429);
    });
    const ran = await cbctl(["status", "-o", "json", ...of("gateway", server)]);
    expect(ran.code).toBe(9);
    expect(json(ran)).toMatchObject({ error: { code: "rate-limited" } });
    expect(ran.stderr).toMatch(/after 60 s/);
    expect(server.requests).toHaveLength(1);
  });

  test("a status costs each instance one request", async () => {
    const servers = [await listing([keyBreaker("k", "open")]), await listing([keyBreaker("k", "open")])];
    await list(at(...servers));
    expect(servers.map(({ requests }) => requests.length)).toEqual([1, 1]);
  });
});

describe("trap 16: each system wants other credentials, and 401 and 403 both mean none", () => {
  test.each([
    ["gateway-no-credentials", "this gateway wants a token"],
    ["gateway-wrong-scheme", "this gateway wants a token"],
    ["gateway-bad-token", "wrong, revoked or older"],
  ])("%s", async (name, hint) => {
    const { status, body } = golden(name);
    const ran = await cbctl(["status", "-o", "json", ...of("gateway", await serve(body, status))]);
    expect(ran.code).toBe(9);
    expect(json(ran)).toMatchObject({ error: { code: "unauthorized" } });
    expect(ran.stderr).toContain(hint);
  });

  describe("in the sandbox", () => {
    const sandbox = sandboxOfTests(["--scenario", "one-open", "--instances", "1"]);

    test("the gateway's bearer token and acme's key are sent where they belong", async () => {
      for (const context of ["gateway", "acme"]) {
        expect((await sandbox.run(["status", "--context", context])).code).toBe(0);
      }
    });

    test.each([
      ["gateway", "this gateway wants a token"],
      ["acme", "this API wants a key"],
    ])("without, %s is not readable, and says what it wants", async (system, hint) => {
      const url = sandbox.running().urls[system]?.[0] ?? "";
      const ran = await cbctl(["status", "--system", system, "--admin-url", url]);
      expectCannotTell(ran, hint);
    });
  });
});

describe("trap 17: a firewall refuses names that hold --, ' or #", () => {
  test("such a name is encoded in the path, and the refusal is told", async () => {
    const service = { name: "x", state: "open", recent_failures: 5, total_calls: 5, last_failure_time: null };
    const server = await adminServer(({ method }, response) => {
      if (method === "GET") sendJson(response, { circuit_breakers: { "a--b#c": service } });
      else sendJson(response, { detail: "Bad request" }, 400);
    });
    const ran = await cbctl(["reset", "a--b#c", "--yes", "--hold", "0s", ...of("gateway", server)]);
    expect(server.writes().map(({ path }) => path)).toEqual(["/api/v1/circuit-breakers/a--b%23c/reset"]);
    expect(ran.code).toBeGreaterThan(1);
    expect(ran.stdout + ran.stderr).toContain("firewall refuses names");
  });
});

describe("trap 18: paths differ by one letter, and a wrong one must not be guessed at", () => {
  test("a 404 is not tried again elsewhere, and nothing but GET is sent", async () => {
    const server = await serve({ detail: "Not Found" }, 404);
    await cbctl(["status", ...at(server)]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /api/v1/circuit-breaker/stats",
    ]);
  });

  test("a path prefix of the site is kept", async () => {
    const server = await listing([keyBreaker("k", "open")]);
    await list(["--system", "key-breakers", "--admin-url", `${server.url}/eu/ops/`]);
    expect(server.requests.map(({ path }) => path)).toEqual(["/eu/ops/api/v1/circuit-breaker/stats"]);
  });
});

describe("trap 19: each process holds its own breakers", () => {
  test("instances that differ are shown as they are, and not folded into one", async () => {
    const servers = [
      await listing([keyBreaker("k", "open", { failure_threshold: 5 })]),
      await listing([keyBreaker("k", "closed", { failure_threshold: 7 })]),
    ];
    const { breakers, summary } = await list(at(...servers));
    expect(breakers).toMatchObject([{ state: "open", instances: { open: 1, closed: 1 } }]);
    expect(breakers[0]?.thresholds.failureThreshold).toBeNull();
    expect(summary.mixed).toBe(1);
  });

  test("one that knows fewer breakers is not counted for those it does not know", async () => {
    const servers = [
      await listing([keyBreaker("a", "closed"), keyBreaker("b", "closed")]),
      await listing([keyBreaker("a", "closed")]),
    ];
    const { breakers } = await list(at(...servers));
    expect(breakers.map(({ key, instances }) => [key, instances.total])).toEqual([
      ["a", 2],
      ["b", 1],
    ]);
  });
});

describe("trap 20: null is not told, absent is no such thing", () => {
  test("in what is printed as JSON", async () => {
    const [key] = (await list(at(await listing([{ key_id: "k", state: "open", config: {} }])))).breakers;
    expect(key).toMatchObject({ group: null, counts: { failures: null, calls: null }, since: null });
    expect(key?.thresholds).toEqual({ failureThreshold: null, successThreshold: null, openDurationMs: null });
    const [service] = (await list(of("gateway", await serve(golden("gateway-list-documented").body))))
      .breakers;
    expect(service?.thresholds).toEqual({});
  });
});
