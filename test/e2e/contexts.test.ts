import { existsSync, readFileSync, statSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { ContextDetails, ContextList } from "../../src/domain/answers.ts";
import { json } from "../support/cbctl.ts";
import { configOf, ownHome } from "../support/own-home.ts";

describe("context add, list, use, show", () => {
  test("without a config the list is empty and says how to begin", async () => {
    const { run } = ownHome();
    const ran = await run(["context", "list", "-o", "json"]);
    expect(ran.code).toBe(0);
    expect(json(ran)).toMatchObject({ kind: "ContextList", file: null, contexts: [] });
    expect(ran.stderr).toContain("cbctl context add");
  });

  test("add makes the config, readable by its owner alone; the first context is current", async () => {
    const { add, file, run } = ownHome();
    const ran = await add(
      "prod",
      "--bearer-env",
      "CB_TOKEN",
      "--protected",
      "--prometheus-url",
      "http://prom:9090",
    );
    expect(ran.code).toBe(0);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const shown = json<ContextDetails>(await run(["context", "show", "-o", "json"]));
    expect(shown).toMatchObject({
      name: "prod",
      current: true,
      system: "key-breakers",
      instances: ["https://ops.example.com/eu"],
      prometheus: "http://prom:9090",
      protected: true,
      auth: "bearer token from environment variable CB_TOKEN",
      file,
    });
  });

  test("add keeps the comments and the order of what is there", async () => {
    const { add, file, run, writeConfig } = ownHome();
    const before = `# ours\n${configOf({ one: "http://localhost:1" }, "one")}`;
    writeConfig(before);
    expect((await add("two")).code).toBe(0);
    const after = readFileSync(file, "utf8");
    expect(after).toContain("# ours");
    expect(after.indexOf("one:")).toBeLessThan(after.indexOf("two:"));
    expect(json<ContextList>(await run(["context", "list", "-o", "json"])).contexts).toMatchObject([
      { name: "one", current: true },
      { name: "two", current: false },
    ]);
  });

  test("add of a name that is there changes nothing", async () => {
    const { add, file } = ownHome();
    await add("prod");
    const before = readFileSync(file, "utf8");
    expect((await add("prod")).code).toBe(2);
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  test.each([
    ["a system that does not exist", ["--system", "key-breaker", "--admin-url", "http://h"], "key-breakers"],
    ["no system", ["--admin-url", "http://h"], "--system"],
    ["no URL", ["--system", "gateway"], "--admin-url"],
    ["a URL that is none", ["--system", "gateway", "--admin-url", "h:80"], "http"],
    ["a URL with a password", ["--system", "gateway", "--admin-url", "http://u:hunter22@h"], "credentials"],
  ])("add with %s writes nothing", async (_, argv, hint) => {
    const { file, run } = ownHome();
    const ran = await run(["context", "add", "x", ...argv]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain(hint);
    expect(ran.stderr).not.toContain("hunter22");
    expect(existsSync(file)).toBe(false);
  });

  test("use chooses the current context; an unknown one is refused with near names", async () => {
    const { file, run, writeConfig } = ownHome();
    writeConfig(configOf({ prod: "http://localhost:1", stage: "http://localhost:2" }, "prod"));
    const ran = await run(["context", "use", "stage", "-o", "json"]);
    expect(json<ContextList>(ran).contexts).toMatchObject([
      { current: false },
      { name: "stage", current: true },
    ]);
    const wrong = await run(["context", "use", "stagge"]);
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain("stage");
    expect(readFileSync(file, "utf8")).toContain("current-context: stage");
  });

  test("the list as table, names and csv", async () => {
    const { run, writeConfig } = ownHome();
    writeConfig(configOf({ prod: "http://localhost:1", stage: "http://localhost:2" }, "prod"));
    expect((await run(["context", "list", "-o", "name"])).stdout).toBe("prod\nstage\n");
    const table = (await run(["context", "list"])).stdout;
    expect(table).toMatch(/prod +key-breakers/);
    const csv = (await run(["context", "list", "-o", "csv"])).stdout.split("\n");
    expect(csv[0]).toContain("system");
    expect(csv[1]).toContain("http://localhost:1");
  });

  test("show of an unknown context is a usage error with near names", async () => {
    const { run, writeConfig } = ownHome();
    writeConfig(configOf({ prod: "http://localhost:1" }, "prod"));
    const ran = await run(["context", "show", "prd", "-o", "json"]);
    expect(ran.code).toBe(2);
    expect(json(ran)).toMatchObject({ error: { code: "unknown-name" } });
    expect(ran.stderr).toContain("prod");
  });

  test("show tells where secrets come from, and never the secret", async () => {
    const { run, writeConfig } = ownHome();
    const text = configOf({ prod: "http://localhost:1" }, "prod").replace(
      " }\n",
      ", auth: { basic: { user: ops, password: { env: CB_PASSWORD } } } }\n",
    );
    writeConfig(text);
    const ran = await run(["context", "show", "prod"], { CB_PASSWORD: "canary-4711" });
    expect(ran.stdout).toContain("password from environment variable CB_PASSWORD");
    expect(ran.stdout + ran.stderr).not.toContain("canary");
  });
});
