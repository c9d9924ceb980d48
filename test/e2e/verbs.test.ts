import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { BreakerDescription, ChangeAnswer } from "../../src/domain/answers.ts";
import { adminServer, sendJson } from "../support/admin-server.ts";
import { cbctl, json, type Ran, temporaryFolder } from "../support/cbctl.ts";
import { personInSandbox, type SandboxPerson } from "../support/sandbox-person.ts";

const SURE = ["--yes", "--hold", "100ms", "-o", "json"];

const outcomes = (ran: Ran) => json<ChangeAnswer>(ran).results.map(({ outcome }) => outcome);
const errorOf = (ran: Ran) => json<{ error: { code: string; reason: string; hint: string } }>(ran).error;

async function openBreaker(person: SandboxPerson): Promise<string> {
  const found = Object.entries(await person.states()).find(([, state]) => state === "open");
  return found?.[0] ?? "";
}

async function thresholdsOf(person: SandboxPerson, name: string) {
  const described = await person.run("describe", name, "-o", "json");
  return json<BreakerDescription>(described).breaker.thresholds;
}

async function pathsAt(person: SandboxPerson): Promise<string[][]> {
  const written = await Promise.all(person.urls.map((url) => person.writes(url)));
  return written.map((writes) => writes.map(({ method, path }) => `${method} ${path}`));
}

describe("key-breakers", () => {
  test("reset of one breaker closes it on both instances, where the journal's id arrives", async () => {
    const person = await personInSandbox("key-breakers", "one-open");
    const name = await openBreaker(person);
    const ran = await person.run("reset", name, ...SURE);
    expect([ran.code, outcomes(ran)]).toEqual([0, ["applied", "applied"]]);
    expect((await person.states())[name]).toBe("closed");
    for (const url of person.urls) {
      const [write] = await person.writes(url);
      expect(write?.path).toBe(`/api/v1/circuit-breaker/${name.split("/")[1]}/reset`);
      expect(write?.requestId).toBe(json<ChangeAnswer>(ran).journalId);
    }
  });

  test("reset and patch of all are one request to each instance", async () => {
    const person = await personInSandbox("key-breakers", "one-open");
    const reset = await person.run("reset", "--all", "--max", "6", ...SURE);
    expect([reset.code, new Set(outcomes(reset))]).toEqual([0, new Set(["applied", "unchanged"])]);
    const patch = await person.run("patch", "--all", "failureThreshold=9", "--max", "6", ...SURE);
    expect([patch.code, json<ChangeAnswer>(patch).applied]).toEqual([0, 12]);
    const paths = ["POST /api/v1/circuit-breaker/reset", "PATCH /api/v1/circuit-breaker/config"];
    expect(await pathsAt(person)).toEqual([paths, paths]);
  });

  test("patch of one breaker changes that one alone", async () => {
    const person = await personInSandbox("key-breakers", "healthy");
    const ran = await person.run("patch", "deepseek-1", "failureThreshold=7", "openDuration=90s", ...SURE);
    expect([ran.code, outcomes(ran)]).toEqual([0, ["applied", "applied"]]);
    const changed = { failureThreshold: 7, openDurationMs: 90_000 };
    expect(await thresholdsOf(person, "deepseek-1")).toMatchObject(changed);
    expect(await thresholdsOf(person, "deepseek-2")).toMatchObject({ failureThreshold: 5 });
  });

  test("half_open_max_calls is accepted, and said not to be confirmed: 8", async () => {
    const person = await personInSandbox("key-breakers", "healthy");
    const ran = await person.run("patch", "deepseek-1", "half_open_max_calls=4", ...SURE);
    expect([ran.code, outcomes(ran)]).toEqual([8, ["unverified", "unverified"]]);
    expect(json<ChangeAnswer>(ran).results[0]?.message).toMatch(/accepted; the system does not show it/);
  });

  test.each([
    ["trip", /Stop the traffic of the key/],
    ["release", /closes by itself, or by a reset/],
    ["enable", /cannot be switched off here/],
    ["disable", /raise its failureThreshold/],
  ])("has no %s: 4 with what to do by hand, and nothing is sent", async (verb, instead) => {
    const person = await personInSandbox("key-breakers", "healthy");
    const ran = await person.run(verb, "deepseek-1", ...SURE);
    expect(ran.code).toBe(4);
    expect(errorOf(ran)).toMatchObject({ code: "unsupported", hint: expect.stringMatching(instead) });
    expect(await pathsAt(person)).toEqual([[], []]);
  });
});

describe("gateway", () => {
  test("reset of an open service is proved by reading it again", async () => {
    const person = await personInSandbox("gateway", "one-open");
    const name = await openBreaker(person);
    const ran = await person.run("reset", name, ...SURE);
    expect([ran.code, outcomes(ran)]).toEqual([0, ["applied", "applied"]]);
    expect((await person.states())[name]).toBe("closed");
  });

  test("trap 7: an unknown service, for which the gateway answers 200, is never sent: 2", async () => {
    const person = await personInSandbox("gateway", "healthy");
    const ran = await person.run("reset", "pricing-servise", ...SURE);
    expect([ran.code, errorOf(ran).code]).toEqual([2, "unknown-name"]);
    expect(errorOf(ran).hint).toContain("pricing-service");
    expect(await pathsAt(person)).toEqual([[], []]);
  });

  test("trap 3: before any traffic there is nothing to reset: 2, and it says why", async () => {
    const server = await adminServer((_, response) => sendJson(response, { circuit_breakers: {} }));
    const where = ["--system", "gateway", "--admin-url", server.url];
    const ran = await cbctl(["reset", "pricing-service", ...SURE, ...where]);
    expect(ran.code).toBe(2);
    expect(errorOf(ran).reason).toMatch(/no breakers are registered yet/);
    expect(server.writes()).toEqual([]);
  });

  test.each([
    ["no token", undefined],
    ["a wrong token", "not.a.token"],
  ])("trap 16: with %s nothing can be told: 9", async (_, token) => {
    const person = await personInSandbox("gateway", "one-open");
    const urls = person.urls.flatMap((url) => ["--admin-url", url]);
    const env = { HOME: person.home, CBCTL_TOKEN: token };
    const ran = await cbctl(["reset", "pricing-service", ...SURE, "--system", "gateway", ...urls], { env });
    expect([ran.code, errorOf(ran).code]).toEqual([9, "unauthorized"]);
    expect(await pathsAt(person)).toEqual([[], []]);
  });

  test.each([
    ["trip", [], /out of the gateway's routes/],
    ["release", [], /reset the breaker/],
    ["enable", [], /cannot be switched off/],
    ["disable", [], /failure_threshold that is never reached/],
    ["patch", ["failureThreshold=7"], /CircuitBreakerConfig/],
  ])("has no %s: 4 with what to do by hand", async (verb, settings, instead) => {
    const server = await adminServer((_, response) => sendJson(response, { circuit_breakers: {} }));
    const where = ["--system", "gateway", "--admin-url", server.url];
    const ran = await cbctl([verb, "pricing-service", ...settings, ...SURE, ...where]);
    expect([ran.code, errorOf(ran).code]).toEqual([4, "unsupported"]);
    expect(errorOf(ran).hint).toMatch(instead);
    expect(server.requests).toEqual([]);
  });
});

describe("acme", () => {
  test("every verb does what it says, on both instances, and can be read back", {
    timeout: 60_000,
  }, async () => {
    const person = await personInSandbox("acme", "one-open");
    const open = await openBreaker(person);
    const steps: readonly (readonly [string, string, string])[] = [
      ["reset", open, "closed"],
      ["trip", "payments/card-auth", "forced_open"],
      ["release", "payments/card-auth", "closed"],
      ["disable", "payments/card-auth", "disabled"],
      ["enable", "payments/card-auth", "closed"],
    ];
    for (const [verb, name, state] of steps) {
      const ran = await person.run(verb, name, ...SURE);
      expect([verb, ran.code, outcomes(ran)]).toEqual([verb, 0, ["applied", "applied"]]);
      expect([verb, (await person.states())[name]]).toEqual([verb, state]);
      const again = await person.run(verb, name, ...SURE);
      expect([verb, again.code, outcomes(again)]).toEqual([verb, 0, ["unchanged", "unchanged"]]);
    }
    expect((await pathsAt(person)).map((paths) => paths.length)).toEqual([steps.length, steps.length]);
  });

  test.each(["trip", "release", "enable", "disable"])(
    "%s of all is one request to each instance",
    async (verb) => {
      const person = await personInSandbox("acme", "healthy");
      const before = verb === "release" ? "trip" : verb === "enable" ? "disable" : null;
      if (before) await person.run(before, "--all", "--max", "5", ...SURE);
      const ran = await person.run(verb, "--all", "--max", "5", ...SURE);
      expect([ran.code, json<ChangeAnswer>(ran).applied]).toEqual([0, 10]);
      for (const paths of await pathsAt(person)) expect(paths.at(-1)).toBe("POST /ops/breakers/actions");
    },
  );

  test.each([
    ["trip", "forced_open", "release"],
    ["disable", "disabled", "enable"],
  ])("%s of a group reaches its breakers and no other", async (verb, state, back) => {
    const person = await personInSandbox("acme", "healthy");
    const shipping = async () =>
      Object.entries(await person.states()).filter(([name]) => name.startsWith("shipping/"));
    const group = ["--group", "shipping", "--max", "2", ...SURE];
    const forced = await person.run(verb, ...group);
    expect([forced.code, json<ChangeAnswer>(forced).applied]).toEqual([0, 4]);
    expect((await shipping()).map(([, each]) => each)).toEqual([state, state]);
    expect(Object.values(await person.states()).filter((each) => each === state)).toHaveLength(2);
    expect((await person.run(back, ...group)).code).toBe(0);
    expect((await shipping()).map(([, each]) => each)).toEqual(["closed", "closed"]);
  });

  test.each([
    ["trip", "release"],
    ["disable", "enable"],
  ])("a breaker that %s holds is not reset: 4, naming %s", async (held, instead) => {
    const person = await personInSandbox("acme", "healthy");
    expect((await person.run(held, "search/index", ...SURE)).code).toBe(0);
    const ran = await person.run("reset", "search/index", ...SURE);
    expect([ran.code, outcomes(ran)]).toEqual([4, ["refused", "refused"]]);
    expect(json<ChangeAnswer>(ran).results[0]?.message).toContain(`use cbctl ${instead}`);
    expect((await pathsAt(person)).map((paths) => paths.length)).toEqual([1, 1]);
  });

  test.each(["trip", "release", "enable", "disable"])(
    "%s without consent is refused, and --dry-run sends nothing",
    async (verb) => {
      const person = await personInSandbox("acme", "healthy");
      if (verb === "release") await person.run("trip", "search/index", ...SURE);
      if (verb === "enable") await person.run("disable", "search/index", ...SURE);
      const before = await pathsAt(person);
      const refused = await person.run(verb, "search/index", "-o", "json");
      expect([refused.code, errorOf(refused).code]).toEqual([4, "no-consent"]);
      const shown = await person.run(verb, "search/index", "--dry-run", "-o", "json");
      expect([shown.code, outcomes(shown)]).toEqual([0, ["planned", "planned"]]);
      expect(json<ChangeAnswer>(shown).requests?.[0]).toMatch(new RegExp(`-d '{"do":"${verb}"}'`));
      expect(await pathsAt(person)).toEqual(before);
    },
  );

  test("patch of one breaker, with all its thresholds and by canonical and native names", async () => {
    const person = await personInSandbox("acme", "healthy");
    const settings = [
      "failureThreshold=7",
      "probes_ok=3",
      "openDuration=45s",
      "probes=4",
      "callTimeout=1500ms",
    ];
    const ran = await person.run("patch", "payments/ledger", ...settings, ...SURE);
    expect([ran.code, outcomes(ran)]).toEqual([0, ["applied", "applied"]]);
    expect(await thresholdsOf(person, "payments/ledger")).toEqual({
      failureThreshold: 7,
      successThreshold: 3,
      openDurationMs: 45_000,
      halfOpenMaxCalls: 4,
      callTimeoutMs: 1_500,
    });
    expect(await thresholdsOf(person, "payments/card-auth")).toMatchObject({ failureThreshold: 5 });
  });

  test.each([
    [["errors=101"], /errors must be at most 100/],
    [["openDuration=6m"], /cooldown_ms must be at most 5m/],
    [["callTimeout=10ms"], /call_ms must be at least 50ms/],
    [["cooldown_ms=999"], /cooldown_ms must be at least 1s/],
  ])("patch %j is out of bounds: 2, and nothing is sent", async (settings, says) => {
    const person = await personInSandbox("acme", "healthy");
    const ran = await person.run("patch", "payments/ledger", ...settings, ...SURE);
    expect([ran.code, errorOf(ran).code]).toEqual([2, "out-of-bounds"]);
    expect(errorOf(ran).reason).toMatch(says);
    expect(await pathsAt(person)).toEqual([[], []]);
  });

  test("a change that reaches a whole group refuses one breaker alone, and takes the group", async () => {
    const person = await personInSandbox("acme", "healthy");
    const shipped = readFileSync(new URL("../../systems/acme.yaml", import.meta.url), "utf8");
    const ofGroup = shipped
      .replace("name: acme", "name: by-group")
      .replace(/^ {6}breaker: \{ http: 'PUT .*\n/m, "");
    mkdirSync(`${person.home}/config/cbctl/systems`, { recursive: true, mode: 0o700 });
    writeFileSync(`${person.home}/config/cbctl/systems/by-group.yaml`, ofGroup);
    const config = `${person.home}/by-group.yaml`;
    const text = readFileSync(person.sandbox.config, "utf8").replace("system: acme", "system: by-group");
    const secret = person.sandbox.config.replace("config.yaml", "acme.secret");
    writeFileSync(config, text.replace(/file: .*acme\.secret/, `file: ${secret}`));
    const one = await person.run("patch", "payments/ledger", "errors=7", "--config", config, ...SURE);
    expect([one.code, errorOf(one)]).toMatchObject([
      4,
      { code: "guard", reason: "it would also touch payments/card-auth" },
    ]);
    expect(await pathsAt(person)).toEqual([[], []]);
    const argv = ["patch", "--group", "payments", "errors=7", "--max", "2", "--config", config];
    const group = await person.run(...argv, ...SURE);
    expect([group.code, json<ChangeAnswer>(group).applied]).toEqual([0, 4]);
    const paths = ["PUT /ops/breakers/payments/limits"];
    expect(await pathsAt(person)).toEqual([paths, paths]);
  });

  test("a wrong X-Api-Key is found inside the 200: 9, with what the context lacks", async () => {
    const person = await personInSandbox("acme", "one-open");
    const urls = person.urls.flatMap((url) => ["--admin-url", url]);
    const ran = await cbctl(["reset", "ledger", ...SURE, "--system", "acme", ...urls]);
    expect([ran.code, errorOf(ran).code]).toEqual([9, "unauthorized"]);
    expect(errorOf(ran).hint).toContain("X-Api-Key");
  });
});

test("trap 4: an error inside a 200 is a failure, in the system's words", async () => {
  const breaker = { id: "ledger", mode: "auto", status: "OPEN", changed: null, next_probe: null };
  const list = { ok: true, data: { services: [{ service: "payments", breakers: [breaker] }] } };
  const server = await adminServer(({ method }, response) =>
    sendJson(
      response,
      method === "GET" ? list : { ok: false, error: { code: "frozen", text: "a deploy runs" } },
    ),
  );
  const options = { env: { HOME: temporaryFolder() } };
  const where = ["--system", "acme", "--admin-url", server.url];
  const ran = await cbctl(["reset", "ledger", ...SURE, ...where], options);
  expect([ran.code, outcomes(ran)]).toEqual([8, ["failed"]]);
  expect(json<ChangeAnswer>(ran).results[0]?.message).toBe("answered 200: a deploy runs");
  expect(server.writes()).toHaveLength(1);
});
