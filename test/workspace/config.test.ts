import { describe, expect, test } from "vitest";
import { checkedDocuments } from "../../src/workspace/checked-documents.ts";
import { chooseContext, configPath, type Overrides, readConfig } from "../../src/workspace/config.ts";
import { fakeHost } from "../support/fake-host.ts";

const NOTHING: Overrides = { context: null, config: null, system: null, adminUrls: [], prometheusUrl: null };

function configOf(names: readonly string[], current?: string): string {
  const contexts = Object.fromEntries(
    names.map((name) => [name, { system: "acme", instances: `http://${name}` }]),
  );
  return JSON.stringify({
    apiVersion: "cbctl.dev/v1",
    kind: "Config",
    ...(current && { "current-context": current }),
    contexts,
  });
}

/** The context that is chosen by flags, environment and config. */
async function choose(
  overrides: Partial<Overrides>,
  env: Record<string, string> = {},
  config: string | null = null,
) {
  const files = new Map(config === null ? [] : [["/config/config.yaml", config]]);
  const { host } = fakeHost({ files, env });
  const all = { ...NOTHING, ...overrides };
  return chooseContext(host, () => readConfig(host, checkedDocuments(host, "1"), all), all);
}

const TWO = configOf(["prod", "dev"], "prod");
const FLAGS = { system: "acme", adminUrls: ["http://flag"] };
const ENV = { CBCTL_SYSTEM: "acme", CBCTL_ADMIN_URL: "http://env" };

describe("the context", () => {
  test.each<[string, Partial<Overrides>, Record<string, string>, string | null, string, string]>([
    ["of the config's choice", {}, {}, TWO, "prod", "http://prod"],
    ["of the only one there is", {}, {}, configOf(["only"]), "only", "http://only"],
    ["by environment", {}, { CBCTL_CONTEXT: "dev" }, TWO, "dev", "http://dev"],
    ["by flag before environment", { context: "prod" }, { CBCTL_CONTEXT: "dev" }, TWO, "prod", "http://prod"],
    ["by flags alone", FLAGS, {}, null, "ad-hoc", "http://flag"],
    ["by flags before all else", FLAGS, { ...ENV, CBCTL_CONTEXT: "dev" }, TWO, "ad-hoc", "http://flag"],
    ["by environment alone", {}, ENV, null, "ad-hoc", "http://env"],
    ["by environment before the config's choice", {}, ENV, TWO, "ad-hoc", "http://env"],
    [
      "named, before an address in the environment",
      {},
      { ...ENV, CBCTL_CONTEXT: "dev" },
      TWO,
      "dev",
      "http://dev",
    ],
    [
      "a flag and the environment together",
      { system: "acme" },
      { CBCTL_ADMIN_URL: "http://env" },
      null,
      "ad-hoc",
      "http://env",
    ],
    [
      "empty variables say nothing",
      {},
      { CBCTL_CONTEXT: "", CBCTL_ADMIN_URL: "", CBCTL_SYSTEM: "" },
      TWO,
      "prod",
      "http://prod",
    ],
  ])("%s", async (_, overrides, env, config, name, instance) => {
    const chosen = await choose(overrides, env, config);
    expect([chosen.name, chosen.config.instances]).toEqual([name, [instance]]);
    expect(chosen.file).toBe(name === "ad-hoc" ? null : "/config/config.yaml");
  });

  test.each<[string, Partial<Overrides>, Record<string, string>, string | null, string, string, RegExp]>([
    ["none anywhere", {}, {}, null, "usage", "no context is known", /cbctl context add/],
    ["none of several", {}, {}, configOf(["a", "b"]), "usage", "no context is chosen", /of: a, b$/],
    [
      "one that is none",
      { context: "prd" },
      {},
      TWO,
      "unknown-name",
      'no context "prd"',
      /did you mean prod/,
    ],
    [
      "one that is named like a part of every object",
      { context: "toString" },
      {},
      TWO,
      "unknown-name",
      'no context "toString"',
      /known/,
    ],
    [
      "a name and an address at once",
      { ...FLAGS, context: "prod" },
      {},
      TWO,
      "usage",
      "--context and --system or --admin-url exclude each other",
      /one or the other/,
    ],
    [
      "an address without a system",
      { adminUrls: ["http://a"] },
      {},
      null,
      "usage",
      "an admin URL alone does not say which system answers there",
      /--system NAME/,
    ],
    [
      "a system without an address",
      { system: "acme" },
      {},
      TWO,
      "usage",
      "a system alone does not say where it runs",
      /--admin-url URL/,
    ],
    [
      "an address that is none",
      { ...FLAGS, adminUrls: ["nowhere"] },
      {},
      null,
      "usage",
      '"nowhere" is not an http or https URL',
      /for example/,
    ],
    [
      "an address of another kind",
      { ...FLAGS, adminUrls: ["file:///etc"] },
      {},
      null,
      "usage",
      '"file:///etc" is not an http or https URL',
      /for example/,
    ],
    [
      "a password in an address",
      { ...FLAGS, adminUrls: ["http://a:b@h"] },
      {},
      null,
      "usage",
      "credentials do not belong in a URL",
      /CBCTL_TOKEN/,
    ],
  ])("is refused for %s", async (_, overrides, env, config, code, message, hint) => {
    await expect((async () => choose(overrides, env, config))()).rejects.toMatchObject({
      code,
      message,
      hint: expect.stringMatching(hint),
    });
  });

  test("by environment has a token and a Prometheus of the environment too", async () => {
    const { config } = await choose(
      {},
      {
        ...ENV,
        CBCTL_ADMIN_URL: "http://a, http://b",
        CBCTL_TOKEN: "s3cr3t",
        CBCTL_PROMETHEUS_URL: "http://prom",
      },
    );
    expect(config).toMatchObject({
      instances: ["http://a", "http://b"],
      auth: { bearer: { env: "CBCTL_TOKEN" } },
      prometheus: { url: "http://prom" },
      protected: false,
    });
  });

  test.each<[string, Partial<Overrides>, Record<string, string>]>([
    ["flags", { system: "shop", prometheusUrl: "http://prom" }, {}],
    ["environment", {}, { CBCTL_SYSTEM: "shop", CBCTL_PROMETHEUS_URL: "http://prom" }],
  ])("by %s, a system and its Prometheus are enough", async (_, overrides, env) => {
    const { name, config } = await choose(overrides, env, TWO);
    expect([name, config.system, config.instances]).toEqual(["ad-hoc", "shop", []]);
    expect(config.prometheus).toEqual({ url: "http://prom" });
  });

  test("a Prometheus in the environment alone chooses nothing", async () => {
    expect((await choose({}, { CBCTL_PROMETHEUS_URL: "http://prom" }, TWO)).name).toBe("prod");
  });

  test.each([{ system: "shop" }, { context: "prod" }])(
    "an address of Prometheus that is none is refused (%o)",
    async (by) => {
      const choosing = (async () => choose({ ...by, prometheusUrl: "prom:9090" }, {}, TWO))();
      await expect(choosing).rejects.toMatchObject({ message: '"prom:9090" is not an http or https URL' });
    },
  );

  test("--prometheus-url keeps what is asked, and gives no credentials to another address", async () => {
    const config = [
      "apiVersion: cbctl.dev/v1",
      "kind: Config",
      "contexts:",
      "  only:",
      "    system: shop",
      "    prometheus:",
      "      { url: 'http://prom', match: { env: x }, auth: { bearer: { env: T } }, headers: { X-Key: k } }",
    ].join("\n");
    const of = async (prometheusUrl: string) =>
      (await choose({ prometheusUrl }, {}, config)).config.prometheus;
    expect(await of("http://other")).toEqual({ url: "http://other", match: { env: "x" } });
    expect(await of("http://prom")).toMatchObject({
      auth: { bearer: { env: "T" } },
      headers: { "X-Key": "k" },
    });
  });

  test("--prometheus-url goes before the config's", async () => {
    expect((await choose({ prometheusUrl: "http://other" }, {}, TWO)).config.prometheus).toEqual({
      url: "http://other",
    });
  });
});

describe("the config file", () => {
  test.each<[string | null, Record<string, string>, string]>([
    [null, {}, "/config/config.yaml"],
    [null, { CBCTL_CONFIG: "" }, "/config/config.yaml"],
    [null, { CBCTL_CONFIG: "mine.yaml" }, "/work/mine.yaml"],
    ["/abs.yaml", { CBCTL_CONFIG: "mine.yaml" }, "/abs.yaml"],
    ["rel.yaml", {}, "/work/rel.yaml"],
  ])("%s with %o is %s", (config, env, path) => {
    expect(configPath(fakeHost({ env }).host, { ...NOTHING, config })).toBe(path);
  });

  test("that is missing is empty; one that was named must be there", async () => {
    const { host } = fakeHost({});
    const read = checkedDocuments(host, "1");
    expect(await readConfig(host, read, NOTHING)).toMatchObject({ exists: false, config: { contexts: {} } });
    await expect(readConfig(host, read, { ...NOTHING, config: "/mine.yaml" })).rejects.toMatchObject({
      code: "usage",
      where: "/mine.yaml",
    });
  });
});
