import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { BreakerDescription, BreakerList } from "../../src/domain/answers.ts";
import { adminServer, sendJson } from "../support/admin-server.ts";
import { cbctl, json } from "../support/cbctl.ts";
import { expectCannotTell, golden, of } from "../support/golden-answers.ts";
import { personInSandbox } from "../support/sandbox-person.ts";
import { expectUndeclared } from "../support/undeclared.ts";

const GROUPS = {
  "CACHE/cache": "closed",
  "CACHE/redis": "closed",
  "DB/db-analytics": "closed",
  "DB/postgres": "closed",
  "HTTP/http-market-data": "closed",
  "HTTP/http-partner-api": "closed",
};

/** The application, with its state and its readiness as the test wants them. */
const application = (state: unknown, ready: { status: number; body: unknown }, status = 200) =>
  adminServer(({ path }, response) => {
    if (path === "/readinessz") sendJson(response, ready.body, ready.status);
    else sendJson(response, state, status);
  });

const readBoth = async (state: string, ready = "updog-ready") =>
  cbctl(["status", "-o", "json", ...of("updog", await application(golden(state).body, golden(ready)))]);

describe.each(["documented", "real"])("updog as %s", (behaviour) => {
  const person = (scenario: string) => personInSandbox("updog", scenario, "--as", behaviour);

  test("status and describe: every breaker in the group whose settings it obeys", async () => {
    const someone = await person("one-open");
    const { breakers, health } = json<BreakerList>(await someone.run("status", "-o", "json"));
    const names = breakers.map(({ group, key }) => `${group}/${key}`).sort();
    expect(names).toEqual(Object.keys(GROUPS));
    expect(breakers.map(({ state }) => state).filter((state) => state !== "closed")).toEqual(["open"]);
    expect(health).toMatchObject({ degraded: [breakers[0]?.key], source: "GET /readinessz" });
    const ran = await someone.run("describe", breakers[0]?.key ?? "", "-o", "json");
    const described = json<BreakerDescription>(ran);
    expect([ran.code, described.breaker.nativeState]).toEqual([0, "OPEN"]);
    expect(described.breaker.counts).toMatchObject({ calls: expect.any(Number), scope: "lifetime" });
    expect(described.capabilities.flatMap(({ reaches }) => reaches)).toEqual([]);
  });

  test("each change: 4, with its own way; the force route that answers 501 is not asked", async () => {
    const someone = await person("healthy");
    await expectUndeclared(someone, "reset", "cache", /rollout restart deployment\/updog/);
    await expectUndeclared(someone, "trip", "cache", /force route answers 501/);
    await expectUndeclared(someone, "release", "cache", /closes by itself/);
    await expectUndeclared(someone, "enable", "cache", /kubectl set env .*_ENABLED=true/);
    await expectUndeclared(someone, "disable", "cache", /CB_HTTP_ENABLED is read by nothing/);
    await expectUndeclared(someone, "patch", "cache", /kubectl set env .*_FAILURE_THRESHOLD/);
  });
});

describe("trap 2: four shapes of one answer, read by one document", () => {
  test.each(["bare-states", "flat-states", "empty-stats"])("%s", async (quirk) => {
    const someone = await personInSandbox("updog", "healthy", "--quirk", quirk);
    expect(await someone.states()).toEqual(GROUPS);
  });

  test.each([
    ["updog-state-real", { calls: 6, successes: 0, rejected: 6 }],
    ["updog-state-bare", { calls: null, successes: null, rejected: null }],
    ["updog-state-flat", { calls: null, successes: null, rejected: null }],
    ["updog-state-empty-stats", { calls: null, successes: null, rejected: null }],
  ])("%s: the state, and numbers only where there are some", async (name, counts) => {
    const { breakers } = json<BreakerList>(await readBoth(name));
    expect(breakers[0]).toMatchObject({ key: "cache", group: "CACHE", state: "open", counts });
  });

  test("an error in a good status is no breaker called error", async () => {
    const server = await application({ error: "upstream" }, golden("updog-ready"));
    expectCannotTell(await cbctl(["status", ...of("updog", server)]), "has not the shape of system updog");
  });
});

describe("isHealthy is not a state", () => {
  test("an idle closed breaker says false, and is closed", async () => {
    const { breakers } = json<BreakerList>(await readBoth("updog-state-real"));
    const body = golden("updog-state-real").body as {
      states: Record<string, { stats: { isHealthy: boolean } }>;
    };
    expect(body.states["http-partner-api"]?.stats.isHealthy).toBe(false);
    expect(breakers.find(({ key }) => key === "http-partner-api")?.state).toBe("closed");
  });
});

describe("trap 4: 503 with a good body", () => {
  test("is what the system says of itself: not ready, and by what", async () => {
    const ran = await readBoth("updog-state-real", "updog-not-ready");
    expect(ran.code).toBe(0);
    expect(json<BreakerList>(ran).health).toEqual({
      ready: false,
      degraded: ["cache"],
      source: "GET /readinessz",
    });
  });

  test("is ready while postgres is open: its name does not count as critical there", async () => {
    const state = { states: { postgres: { state: "OPEN" }, cache: { state: "CLOSED" } } };
    const server = await application(state, { status: 200, body: { ready: true, degraded: ["postgres"] } });
    const told = json<BreakerList>(await cbctl(["status", "-o", "json", ...of("updog", server)]));
    expect(told.health).toMatchObject({ ready: true, degraded: ["postgres"] });
    expect(told.breakers[0]).toMatchObject({ key: "postgres", group: "DB", state: "open" });
  });

  test.each([
    ["HTML of an older route", { status: 404, body: "Cannot GET /readinessz" }],
    ["text of the first version", { status: 503, body: "unready: critical dependency breaker OPEN" }],
  ])("%s: health is null, and the breakers are told all the same", async (_, ready) => {
    const server = await application(golden("updog-state-real").body, ready);
    const ran = await cbctl(["status", "-o", "json", ...of("updog", server)]);
    expect([ran.code, json<BreakerList>(ran).health]).toEqual([0, null]);
  });

  test("one instance that is not ready is enough, and one that cannot be asked is not ready for sure", async () => {
    const state = golden("updog-state-real").body;
    const [well, ill, mute] = [
      await application(state, golden("updog-ready")),
      await application(state, golden("updog-not-ready")),
      await application(state, { status: 500, body: {} }),
    ];
    const healthOf = async (...servers: Parameters<typeof of>[1][]) =>
      json<BreakerList>(await cbctl(["status", "-o", "json", ...of("updog", ...servers)])).health;
    expect(await healthOf(well, ill)).toMatchObject({ ready: false, degraded: ["cache"] });
    expect(await healthOf(well, mute)).toBeNull();
    expect(await healthOf(well, well)).toMatchObject({ ready: true });
  });
});

describe("trap 8: errors as HTML or text", () => {
  test.each([
    [
      "text/html",
      500,
      "<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Boom</pre></body></html>",
      /answered 500.*Error/s,
    ],
    ["text/plain", 403, "Forbidden", /not of an administrator/],
  ])("%s %i is told in words, without its tags", async (type, status, body, words) => {
    const server = await adminServer(
      (_, response) => void response.writeHead(status, { "content-type": type }).end(body),
    );
    const ran = await cbctl(["status", ...of("updog", server)]);
    expectCannotTell(ran, words);
    expect(ran.stderr).not.toContain("<");
  });
});

describe("trap 15: 100 requests in 15 minutes", () => {
  test("the loop that uses them up is told how long to wait, and never that all is well", async () => {
    const someone = await personInSandbox("updog", "healthy", "--instances", "1");
    const state = `${someone.urls[0]}/admin/circuit-breakers/state`;
    const codes = await Promise.all(Array.from({ length: 99 }, async () => (await fetch(state)).status));
    expect(codes).not.toContain(429);
    expect((await someone.run("status")).code).toBe(0);
    for (const argv of [["status"], ["status", "--fail-on", "any-open"], ["describe", "cache"]]) {
      const ran = await someone.run(...argv);
      expectCannotTell(ran, /try again after (89\d|900) s/);
    }
    const ran = await someone.run("status", "-o", "json");
    expect([ran.code, json(ran)]).toMatchObject([9, { error: { code: "rate-limited" } }]);
  });
});

describe("trap 16: credentials", () => {
  test.each([
    ["updog-unauthorized", /JWT of an administrator/],
    ["updog-invalid-credentials", /JWT of an administrator/],
    ["updog-ambiguous-credentials", /token and a session cookie together/],
  ])("%s", async (name, hint) => {
    const { status, body } = golden(name);
    const server = await application(body, golden("updog-ready"), status);
    expectCannotTell(await cbctl(["status", ...of("updog", server)]), hint);
  });
});

describe("trap 18: the admin routes stand at one prefix or another", () => {
  test("a wrong one is told with the input to set; with it all is read", async () => {
    const someone = await personInSandbox("updog", "healthy", "--quirk", "guide-prefix");
    expectCannotTell(
      await someone.run("status"),
      /inputs: \{prefix: …\} of the context .*\/admin\/circuit\)/,
    );
    const { config } = someone.sandbox;
    const text = readFileSync(config, "utf8");
    writeFileSync(
      config,
      text.replace("    system: updog\n", "    system: updog\n    inputs: { prefix: /admin/circuit }\n"),
    );
    expect(await someone.states()).toEqual(GROUPS);
  });
});
