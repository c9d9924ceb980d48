import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BreakerList, ContextDetails } from "../../src/domain/answers.ts";
import { adminServer, sendJson } from "../support/admin-server.ts";
import { json } from "../support/cbctl.ts";
import { at } from "../support/key-breakers.ts";
import { configOf, named, ownHome } from "../support/own-home.ts";

describe("which context", () => {
  test("by flag, then environment, then the current one, then the only one", async () => {
    const { writeConfig, keysShown } = ownHome();
    const [a, b, c] = await Promise.all([named("a"), named("b"), named("c")]);
    writeConfig(configOf({ a: a.url, b: b.url, c: c.url }, "a"));
    expect(await keysShown([])).toBe("a");
    expect(await keysShown([], { CBCTL_CONTEXT: "b" })).toBe("b");
    expect(await keysShown(["--context", "c"], { CBCTL_CONTEXT: "b" })).toBe("c");
    writeConfig(configOf({ b: b.url }));
    expect(await keysShown([])).toBe("b");
  });

  test("several and none current: 2, with the list", async () => {
    const { run, writeConfig } = ownHome();
    writeConfig(configOf({ a: "http://localhost:1", b: "http://localhost:2" }));
    const ran = await run(["status"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("a, b");
  });

  test("none known: 2, and how to make one", async () => {
    const { run } = ownHome();
    const ran = await run(["status"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("cbctl context add");
  });

  test("an unknown one: 2, with near names", async () => {
    const { run, writeConfig } = ownHome();
    writeConfig(configOf({ production: "http://localhost:1" }));
    const ran = await run(["status", "--context", "prodution"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("production");
  });

  test("the config is found by --config, before CBCTL_CONFIG, before the user's own", async () => {
    const { home, writeConfig, keysShown } = ownHome();
    const [own, env, flag] = await Promise.all([named("own"), named("env"), named("flag")]);
    writeConfig(configOf({ x: own.url }));
    const byEnv = writeConfig(configOf({ x: env.url }), join(home, "env.yaml"));
    writeConfig(configOf({ x: flag.url }), join(home, "flag.yaml"));
    expect(await keysShown([])).toBe("own");
    expect(await keysShown([], { CBCTL_CONFIG: byEnv })).toBe("env");
    expect(await keysShown(["--config", "flag.yaml"], { CBCTL_CONFIG: byEnv })).toBe("flag");
  });

  test.each([
    [["--config", "nowhere.yaml"], {}],
    [[], { CBCTL_CONFIG: "nowhere.yaml" }],
  ])("a config that was named and is not there is an error: %j %j", async (argv, env) => {
    const { run } = ownHome();
    const ran = await run(["status", ...argv], env);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("nowhere.yaml");
  });

  test("--context and --admin-url are refused together, and nobody is asked", async () => {
    const { run, writeConfig } = ownHome();
    const server = await named("a");
    writeConfig(configOf({ a: server.url }));
    for (const more of [
      ["--admin-url", server.url],
      ["--system", "gateway"],
    ]) {
      const ran = await run(["status", "--context", "a", ...more]);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain("exclude each other");
    }
    expect(server.requests).toEqual([]);
  });
});

describe("without a config", () => {
  test("flags stand before the environment, the environment before the config", async () => {
    const { writeConfig, keysShown } = ownHome();
    const [config, env, flag] = await Promise.all([named("config"), named("env"), named("flag")]);
    writeConfig(configOf({ x: config.url }));
    const vars = { CBCTL_ADMIN_URL: env.url, CBCTL_SYSTEM: "key-breakers" };
    expect(await keysShown([], vars)).toBe("env");
    expect(await keysShown(["--admin-url", flag.url], vars)).toBe("flag");
    expect(await keysShown([], { ...vars, CBCTL_CONTEXT: "x" })).toBe("config");
  });

  test("CBCTL_ADMIN_URL may hold several, and CBCTL_PROMETHEUS_URL names Prometheus", async () => {
    const { run } = ownHome();
    const [a, b] = await Promise.all([named("k"), named("k")]);
    const env = {
      CBCTL_ADMIN_URL: `${a.url},${b.url}`,
      CBCTL_SYSTEM: "key-breakers",
      CBCTL_PROMETHEUS_URL: "http://prom.test:9090",
    };
    const shown = json<ContextDetails>(await run(["context", "show", "-o", "json"], env));
    expect(shown).toMatchObject({
      name: "ad-hoc",
      instances: [a.url, b.url],
      prometheus: "http://prom.test:9090",
    });
    const listed = json<BreakerList>(await run(["status", "-o", "json"], env));
    expect(listed.breakers[0]?.instances.total).toBe(2);
  });

  test("CBCTL_TOKEN is sent as a bearer token", async () => {
    const { run } = ownHome();
    const server = await named("k");
    await run(["status", ...at(server)], { CBCTL_TOKEN: "canary-4711" });
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual(["Bearer canary-4711"]);
  });

  test("CBCTL_TOKEN is not sent where a config's context is used", async () => {
    const { run, writeConfig } = ownHome();
    const server = await named("k");
    writeConfig(configOf({ x: server.url }));
    await run(["status"], { CBCTL_TOKEN: "canary-4711" });
    expect(server.requests.map(({ headers }) => headers["authorization"])).toEqual([undefined]);
  });

  test.each([
    [["--admin-url", "http://localhost:1"], "--system"],
    [["--system", "gateway"], "--admin-url"],
    [["--system", "gateway", "--admin-url", "ftp://h"], "http or https"],
    [["--system", "gateway", "--admin-url", "http://me:hunter22@h"], "CBCTL_TOKEN"],
  ])("%j is a usage error", async (argv, hint) => {
    const { run } = ownHome();
    const ran = await run(["status", ...argv]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain(hint);
    expect(ran.stderr).not.toContain("hunter22");
  });

  test("a path prefix of an instance is kept", async () => {
    const { keysShown } = ownHome();
    const server = await named("k");
    expect(await keysShown(["--system", "key-breakers", "--admin-url", `${server.url}/eu/`])).toBe("k");
    expect(server.requests[0]?.path).toBe("/eu/api/v1/circuit-breaker/stats");
  });
});

test("status -A reads what it can, and names the contexts that it cannot", async () => {
  const { run, writeConfig } = ownHome();
  const alive = await named("k");
  const broken = await adminServer((_, response) => sendJson(response, { detail: "boom" }, 500));
  writeConfig(configOf({ good: alive.url, bad: broken.url }));
  const ran = await run(["status", "-A", "-o", "json"]);
  expect(ran.code).toBe(9);
  expect(json(ran)).toMatchObject({
    items: [{ context: "good", summary: { total: 1 } }],
    errors: [{ context: "bad", code: "not-understood" }],
  });
  expect(ran.stderr).toContain("boom");
});
