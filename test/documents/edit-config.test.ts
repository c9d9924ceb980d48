import { describe, expect, test } from "vitest";
import { parseDocumentOf } from "../../src/documents/document.ts";
import { addContext, useContext } from "../../src/documents/edit-config.ts";

const CONFIG = `# where our breakers run
apiVersion: cbctl.dev/v1
kind: Config
current-context:   prod   # the careful one
contexts:
  # ask before you change anything here
  prod:
    system: key-breakers
    instances: [ "https://a",   https://b ]   # two regions
  dev: { system: acme, instances: http://localhost:1 }
`;

describe("useContext", () => {
  test("changes the one word and nothing else", () => {
    expect(useContext(CONFIG, "dev")).toBe(CONFIG.replace("  prod   # the", "  dev   # the"));
  });

  test("quotes a name that YAML would take for something else", () => {
    const text = CONFIG.replace("  dev:", '  "true":');
    const edited = useContext(text, "true");
    expect(edited).toContain('current-context:   "true"   # the careful one');
    expect(parseDocumentOf("Config", edited, "c.yaml").currentContext).toBe("true");
  });

  test.each([
    ["is not there", CONFIG.replace(/current-context.*\n/, "")],
    ["is empty", CONFIG.replace(/current-context.*\n/, "current-context:\n")],
  ])("says which is current where that %s, and keeps the comments", (_, text) => {
    const edited = useContext(text, "dev");
    expect(parseDocumentOf("Config", edited, "c.yaml").currentContext).toBe("dev");
    expect(edited).toContain("# where our breakers run");
    expect(edited).toContain("# ask before you change anything here");
    expect(edited).toContain("# two regions");
  });

  test("refuses a context that is not there, with near names", () => {
    expect(() => useContext(CONFIG, "prodd", "~/c.yaml")).toThrowError(
      expect.objectContaining({
        code: "unknown-name",
        message: 'there is no context "prodd" in ~/c.yaml',
        hint: "did you mean prod?",
      }),
    );
  });

  test("leaves a config alone that it does not understand", () => {
    expect(() => useContext(`${CONFIG}oops: 1\n`, "dev", "c.yaml")).toThrowError(
      expect.objectContaining({ code: "invalid-document", where: "c.yaml:11:1" }),
    );
  });
});

const ENTRY = {
  system: "gateway",
  instances: ["http://localhost:2", "http://localhost:3"],
  auth: { bearer: { env: "TOKEN" } },
  protected: true,
};

describe("addContext", () => {
  test("begins a config, with the context as the current one", () => {
    expect(addContext(null, "shop", ENTRY)).toBe(`apiVersion: cbctl.dev/v1
kind: Config
current-context: shop
contexts:
  shop:
    system: gateway
    instances:
      - http://localhost:2
      - http://localhost:3
    auth:
      bearer:
        env: TOKEN
    protected: true
`);
  });

  test("adds to what is there and keeps every comment", () => {
    const edited = addContext(CONFIG, "shop", ENTRY);
    const { currentContext, contexts } = parseDocumentOf("Config", edited, "c.yaml");
    expect(currentContext).toBe("prod");
    expect(Object.keys(contexts)).toEqual(["prod", "dev", "shop"]);
    expect(contexts.shop).toMatchObject({
      system: "gateway",
      protected: true,
      auth: { bearer: { env: "TOKEN" } },
    });
    for (const [comment] of CONFIG.matchAll(/#.*/g)) expect(edited).toContain(comment);
  });

  test.each(["contexts:\n", "contexts: {}\n", ""])("adds to a config whose contexts are %j", (rest) => {
    const edited = addContext(`apiVersion: cbctl.dev/v1\nkind: Config\n${rest}`, "shop", ENTRY);
    expect(parseDocumentOf("Config", edited, "c.yaml")).toMatchObject({
      currentContext: "shop",
      contexts: { shop: { system: "gateway" } },
    });
  });

  test("adding one after the other makes the same contexts as writing them at once", () => {
    const one = addContext(null, "a", { system: "acme", instances: "http://a" });
    const two = addContext(one, "b", { system: "acme", instances: "http://b" });
    expect(parseDocumentOf("Config", two, "c.yaml")).toMatchObject({
      currentContext: "a",
      contexts: { a: { instances: ["http://a"] }, b: { instances: ["http://b"] } },
    });
  });

  test("refuses a name that is taken", () => {
    expect(() => addContext(CONFIG, "prod", ENTRY)).toThrowError(
      expect.objectContaining({ code: "usage", message: 'there is a context "prod" in the config already' }),
    );
  });

  test("refuses an entry that is not valid, in the words of the check", () => {
    expect(() => addContext(CONFIG, "x", { ...ENTRY, instances: "http://u:p@h" })).toThrowError(
      expect.objectContaining({
        code: "invalid-document",
        message: expect.stringContaining("must not hold credentials"),
      }),
    );
  });
});
