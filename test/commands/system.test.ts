import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { jsonOf, runCbctl } from "../support/fake-host.ts";

const OWN = readFileSync("systems/gateway.yaml", "utf8").replace("name: gateway", "name: mine");

const SHIPPED = readdirSync("systems").map((file) => file.replace(".yaml", ""));

describe("system", () => {
  test("list has those of the package and the user's own, which go first", async () => {
    const own = new Map([
      ["/config/systems/mine.yaml", OWN],
      ["/config/systems/gateway.yaml", OWN.replace("name: mine", "name: gateway")],
    ]);
    const ran = await runCbctl(["system", "list", "-o", "json"], { files: own });
    const told = jsonOf<{ systems: { name: string }[] }>(ran).systems;
    expect(told.map(({ name }) => name)).toEqual([...SHIPPED, "mine"].sort());
    const looked = ["acme", "gateway", "key-breakers", "mine"];
    expect(told.filter(({ name }) => looked.includes(name))).toMatchObject([
      {
        name: "acme",
        source: "package",
        trusted: true,
        verbs: ["reset", "trip", "release", "enable", "disable", "patch"],
      },
      { name: "gateway", source: "user", path: "/config/systems/gateway.yaml", verbs: ["reset"] },
      { name: "key-breakers", source: "package", verbs: ["reset", "patch"] },
      { name: "mine", source: "user", trusted: true },
    ]);
    expect((await runCbctl(["system", "list", "-o", "name"])).stdout).toBe(`${SHIPPED.join("\n")}\n`);
  });

  test("show tells what can be read, set and done", async () => {
    const ran = await runCbctl(["system", "show", "key-breakers", "-o", "json"]);
    expect(jsonOf(ran)).toMatchObject({
      kind: "SystemDetails",
      reads: "GET /api/v1/circuit-breaker/stats",
      thresholds: [
        { name: "failureThreshold", native: "failure_threshold", min: 1, default: 5 },
        {},
        { name: "openDuration", native: "timeout", unit: "s", min: 1_000, default: 60_000 },
        { name: "halfOpenMaxCalls", writeOnly: true },
      ],
      metrics: expect.arrayContaining(["circuit_breaker_state", "circuit_breaker_transitions_total"]),
    });
    expect((await runCbctl(["system", "show", "key-breakers"])).stdout).toContain("openDuration");
  });

  test.each([
    [["show", "acmee"], 2, /no system "acmee"[\s\S]*did you mean acme/],
    [["show", "./nope.yaml"], 2, /there is no file \/work\/nope\.yaml/],
    [["lint", "nope.yaml"], 2, /there is no file \/work\/nope\.yaml/],
  ])("%o ends with %i", async (argv, code, said) => {
    expect(await runCbctl(["system", ...argv])).toMatchObject({ code, stderr: expect.stringMatching(said) });
  });

  test("lint tells every problem with its place, and ends with 2 for an error", async () => {
    const own = new Map([
      ["/work/good.yaml", OWN],
      ["/work/bad.yaml", OWN.replace("kind: System", "kind: Sistem")],
    ]);
    const good = await runCbctl(["system", "lint", "good.yaml", "-o", "json"], { files: own });
    expect(good.code).toBe(0);
    expect(jsonOf(good)).toMatchObject({ errors: 0, problems: [] });
    const both = await runCbctl(["system", "lint", "good.yaml", "bad.yaml", "-o", "json"], { files: own });
    expect(both.code).toBe(2);
    expect(jsonOf(both)).toMatchObject({
      files: ["good.yaml", "bad.yaml"],
      errors: 1,
      problems: [{ file: "bad.yaml", line: expect.any(Number), severity: "error" }],
    });
  });
});

describe("trust", () => {
  const workbench = () => new Map([["/work/mine.yaml", OWN]]);
  const reset = (own: Map<string, string>) =>
    runCbctl(
      ["reset", "auth", "--system", "./mine.yaml", "--admin-url", "http://a", "--yes", "--hold", "0"],
      {
        files: own,
        serve: ({ method }) =>
          method === "GET" ? { body: { circuit_breakers: { auth: { state: "open" } } } } : { body: {} },
      },
    );

  test("a document that is not trusted may read and not change", async () => {
    const own = workbench();
    expect(await reset(own)).toMatchObject({
      code: 6,
      writes: [],
      requests: [{ method: "GET" }],
      stderr: expect.stringContaining("cbctl trust"),
    });
  });

  test("is given by content: an edited document must be trusted again", async () => {
    const own = workbench();
    const given = await runCbctl(["trust", "mine.yaml", "--yes", "-o", "json"], { files: own });
    expect(given.code).toBe(0);
    expect(jsonOf(given)).toMatchObject({
      kind: "TrustReport",
      file: "/work/mine.yaml",
      trusted: true,
      changes: ["reset breaker: POST /api/v1/circuit-breakers/${key}/reset"],
    });
    expect((await reset(own)).writes).toHaveLength(1);
    expect((await runCbctl(["trust", "mine.yaml", "-o", "json"], { files: own })).code).toBe(0);
    own.set("/work/mine.yaml", `${OWN}\n# edited`);
    expect(await reset(own)).toMatchObject({ code: 6, writes: [] });
  });

  test.each([
    [undefined, 6],
    [[false], 6],
    [[true], 0],
  ])("asked, and answered %o, ends with %i", async (answers, code) => {
    const own = workbench();
    expect((await runCbctl(["trust", "mine.yaml"], { files: own, ...(answers && { answers }) })).code).toBe(
      code,
    );
    expect(own.has("/state/trust.json")).toBe(code === 0);
  });

  test("a user's document that others can write needs it as well", async () => {
    const path = "/config/systems/mine.yaml";
    const ran = await runCbctl(["system", "list", "-o", "json"], {
      files: new Map([[path, OWN]]),
      writableByOthers: [path],
    });
    expect(
      jsonOf<{ systems: { name: string; trusted: boolean }[] }>(ran).systems.find(
        ({ name }) => name === "mine",
      )?.trusted,
    ).toBe(false);
  });

  test.each(["{", "null", "{}", '{"trusted": 5}'])(
    "a damaged record of trust, %s, is an error and not trust",
    async (text) => {
      const own = workbench().set("/state/trust.json", text);
      expect(await reset(own)).toMatchObject({
        code: 2,
        writes: [],
        stderr: expect.stringContaining("/state/trust.json is damaged"),
      });
    },
  );
});
