import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { json } from "../support/cbctl.ts";
import { configOf, named, ownHome } from "../support/own-home.ts";

describe("secrets of a context", () => {
  const withAuth = (url: string, auth: string) => configOf({ x: url }).replace(" }\n", `, auth: ${auth} }\n`);

  test.each([
    ["bearer", "{ bearer: { env: CB } }", "authorization", "Bearer canary-4711"],
    ["file", "{ bearer: { file: token } }", "authorization", "Bearer canary-4711"],
    ["command", "{ bearer: { command: [cat, token] } }", "authorization", "Bearer canary-4711"],
    ["header", "{ header: { name: X-Api-Key, value: { env: CB } } }", "x-api-key", "canary-4711"],
    [
      "basic",
      "{ basic: { user: ops, password: { env: CB } } }",
      "authorization",
      `Basic ${btoa("ops:canary-4711")}`,
    ],
  ])("%s", async (_, auth, header, value) => {
    const { home, file, run, writeConfig } = ownHome();
    const server = await named("k");
    writeConfig(withAuth(server.url, auth));
    writeFileSync(join(home, "token"), "canary-4711\n", { mode: 0o600 });
    writeFileSync(join(dirname(file), "token"), "canary-4711\n", { mode: 0o600 });
    const ran = await run(["status", "-v"], { CB: "canary-4711" });
    expect(ran.code).toBe(0);
    expect(server.requests[0]?.headers[header]).toBe(value);
    expect(ran.stdout + ran.stderr).not.toContain("canary");
  });

  test("one that is not there is named, and nobody is asked", async () => {
    const { run, writeConfig } = ownHome();
    const server = await named("k");
    writeConfig(withAuth(server.url, "{ bearer: { env: CB_MISSING } }"));
    const ran = await run(["status"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("CB_MISSING");
    expect(server.requests).toEqual([]);
  });
});

describe("a config that is wrong names file, line and column", () => {
  const good = configOf({ prod: "http://localhost:1" }, "prod");
  test.each([
    ["a key that is not known", good.replace("current-context", "curent-context"), 3],
    ["a key given twice", good.replace("contexts:", "kind: Config\ncontexts:"), 4],
    ["a value of the wrong type", good.replace("system: key-breakers", "system: [a]"), 5],
    ["a URL that is none", good.replace("'http://localhost:1'", "localhost"), 5],
    ["no YAML", good.replace("kind: Config", "kind: Config: x"), 2],
    ["a secret written out", good.replace(" }\n", ", auth: { bearer: hunter22 } }\n"), 5],
    ["another kind", good.replace("kind: Config", "kind: Sytem"), 2],
  ])("%s", async (_, text, line) => {
    const { file, run, writeConfig } = ownHome();
    writeConfig(text);
    const ran = await run(["status", "-o", "json"]);
    expect(ran.code).toBe(2);
    const { where } = json<{ error: { where: string } }>(ran).error;
    expect(where.startsWith(`${file}:${line}:`)).toBe(true);
    expect(where).toMatch(/:\d+:\d+$/);
    expect(ran.stdout + ran.stderr).not.toContain("hunter22");
  });

  test("an unknown key is answered with the near one", async () => {
    const { run, writeConfig } = ownHome();
    writeConfig(good.replace("current-context", "curent-context"));
    expect((await run(["context", "list"])).stderr).toContain("current-context");
  });

  test("system lint shows every problem at once", async () => {
    const { run, writeConfig } = ownHome();
    const path = writeConfig(good.replace("system: key-breakers", "system: [a]").replace("kind", "kinds"));
    const ran = await run(["system", "lint", path, "-o", "json"]);
    expect(ran.code).toBe(2);
    expect(json<{ errors: number }>(ran).errors).toBeGreaterThan(0);
  });
});
