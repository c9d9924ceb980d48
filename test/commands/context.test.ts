import { describe, expect, test } from "vitest";
import { jsonOf, runCbctl } from "../support/fake-host.ts";

const CONFIG = `apiVersion: cbctl.dev/v1
kind: Config
current-context: prod
contexts:
  prod: # the one that matters
    system: gateway
    instances: [http://a, http://b]
    auth: { bearer: { env: TOKEN } }
    prometheus: { url: http://prom }
    upstreams: { auth: { health: http://auth/health } }
    protected: true
  dev: { system: acme, instances: http://localhost:8080/ops }
`;

const files = () => new Map([["/config/config.yaml", CONFIG]]);

describe("context", () => {
  test("list tells them all, the current one marked, and asks nobody", async () => {
    const ran = await runCbctl(["context", "list", "-o", "json"], { files: files() });
    expect(ran).toMatchObject({ code: 0, requests: [] });
    expect(jsonOf(ran)).toMatchObject({
      kind: "ContextList",
      file: "/config/config.yaml",
      contexts: [
        {
          name: "prod",
          current: true,
          system: "gateway",
          instances: ["http://a", "http://b"],
          prometheus: "http://prom",
          protected: true,
        },
        { name: "dev", current: false, protected: false },
      ],
    });
    expect((await runCbctl(["context", "list", "-o", "name"], { files: files() })).stdout).toBe(
      "prod\ndev\n",
    );
  });

  test("list of none says how to make one", async () => {
    const ran = await runCbctl(["context", "list", "-o", "json"]);
    expect(ran).toMatchObject({
      code: 0,
      stderr: expect.stringContaining("cbctl context add NAME makes one"),
    });
    expect(jsonOf(ran)).toMatchObject({ file: null, contexts: [] });
  });

  test.each([
    [["show"], {}, "prod", true],
    [["show", "dev"], {}, "dev", false],
    [["show", "--context", "dev"], {}, "dev", false],
    [["show"], { CBCTL_CONTEXT: "dev" }, "dev", false],
    [["show"], { CBCTL_CONTEXT: "" }, "prod", true],
    [["show"], { CBCTL_ADMIN_URL: "http://x", CBCTL_SYSTEM: "acme" }, "ad-hoc", false],
    [["show"], { CBCTL_CONTEXT: "dev", CBCTL_ADMIN_URL: "http://x" }, "dev", false],
    [["show", "--context", "prod"], { CBCTL_CONTEXT: "dev" }, "prod", true],
    [["show", "--admin-url", "http://x"], { CBCTL_SYSTEM: "acme", CBCTL_CONTEXT: "dev" }, "ad-hoc", false],
  ])("%o with %o is %s", async (argv, env, name, current) => {
    const ran = await runCbctl(["context", ...argv, "-o", "json"], { files: files(), env });
    expect(jsonOf(ran)).toMatchObject({ kind: "Context", name, current });
  });

  test("show names secrets by their source only, and reads none", async () => {
    const ran = await runCbctl(["context", "show", "prod", "-o", "json"], {
      files: files(),
      env: { TOKEN: "s3cr3t-value" },
    });
    expect(jsonOf(ran)).toMatchObject({
      auth: "bearer token from environment variable TOKEN",
      upstreams: ["auth: http://auth/health"],
      store: "/state/log.jsonl",
    });
    expect(ran.stdout).not.toContain("s3cr3t");
  });

  test.each([
    [["show", "prd"], 'no context "prd"', "did you mean prod?"],
    [["show", "--context", "constructor"], 'no context "constructor"', "known: prod, dev"],
    [["show", "constructor"], 'no context "constructor"', "known: prod, dev"],
    [["use", "prd"], "prd", "did you mean prod?"],
    [
      ["show", "--config", "/nowhere.yaml"],
      "there is no config file /nowhere.yaml",
      "cbctl context add NAME makes one",
    ],
  ])("%o ends with 2", async (argv, message, hint) => {
    const ran = await runCbctl(["context", ...argv, "-o", "json"], { files: files() });
    expect(ran.code).toBe(2);
    expect(jsonOf(ran)).toMatchObject({ error: { message: expect.stringContaining(message), hint } });
  });

  test("use changes the current one and nothing else", async () => {
    const own = files();
    expect(jsonOf(await runCbctl(["context", "use", "dev", "-o", "json"], { files: own }))).toMatchObject({
      contexts: [{ current: false }, { name: "dev", current: true }],
    });
    expect(own.get("/config/config.yaml")).toBe(
      CONFIG.replace("current-context: prod", "current-context: dev"),
    );
  });

  test("add keeps what is there, comments too; the first of all becomes current", async () => {
    const own = files();
    const flags = [
      "--system",
      "key-breakers",
      "--admin-url",
      "http://k",
      "--bearer-env",
      "K_TOKEN",
      "--protected",
      "--prometheus-url",
      "http://p",
    ];
    expect((await runCbctl(["context", "add", "keys", ...flags], { files: own })).code).toBe(0);
    expect(own.get("/config/config.yaml")).toContain("# the one that matters");
    expect(jsonOf(await runCbctl(["context", "show", "keys", "-o", "json"], { files: own }))).toMatchObject({
      current: false,
      protected: true,
      prometheus: "http://p",
      auth: expect.stringContaining("K_TOKEN"),
    });
    const fresh = new Map<string, string>();
    const added = await runCbctl(["context", "add", "keys", ...flags, "-o", "json"], { files: fresh });
    expect(jsonOf(added)).toMatchObject({ contexts: [{ name: "keys", current: true }] });
  });

  test.each([
    [["add", "x"], /wants its system and where it runs/],
    [["add", "x", "--system", "acme"], /wants its system and where it runs/],
    [["add", "x", "--system", "nope", "--admin-url", "http://a"], /no system "nope"/],
    [["add", "prod", "--system", "acme", "--admin-url", "http://a"], /there is a context "prod"/],
    [["add", "x", "--system", "acme", "--admin-url", "ftp://a"], /http/],
    [["add"], /missing required argument/],
  ])("%o is refused and writes nothing", async (argv, said) => {
    const own = files();
    expect(await runCbctl(["context", ...argv], { files: own })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(said),
    });
    expect(own.get("/config/config.yaml")).toBe(CONFIG);
  });
});
