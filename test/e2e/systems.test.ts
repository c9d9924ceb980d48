import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { BreakerList, LintReport, SystemDetails, SystemList } from "../../src/domain/answers.ts";
import { adminServer, sendJson } from "../support/admin-server.ts";
import { cbctl, json, temporaryFolder } from "../support/cbctl.ts";

let home: string;
beforeEach(() => {
  home = temporaryFolder();
});

const run = (argv: readonly string[]) => cbctl(argv, { env: { HOME: home } });

function write(path: string, text: string, mode = 0o600): string {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
  chmodSync(file, mode);
  return file;
}

const OWN = "config/cbctl/systems/fuse-box.yaml";

/** All that a user writes to teach cbctl an API of their own. */
const FUSE_BOX = `apiVersion: cbctl.dev/v1
kind: System
metadata: { name: fuse-box, title: Fuses of the cellar }
spec:
  read:
    call: GET /v1/fuses
    items: fuses
    key: label
    group: floor
    state: { at: lever, words: { open: [down], closed: [up], half_open: [between] } }
    since: { at: moved, unit: s }
    counts: { failures: sparks }
  thresholds:
    failureThreshold: { as: amps, min: 1, max: 63 }
  change:
    reset: { breaker: 'POST /v1/fuses/\${key}/lift' }
`;

const fuses = () =>
  adminServer((_, response) =>
    sendJson(response, {
      fuses: [
        { label: "oven", floor: "ground", lever: "down", moved: 1_700_000_000, sparks: 3, amps: 16 },
        { label: "lamp", floor: "first", lever: "up", moved: null, sparks: 0, amps: 10 },
      ],
    }),
  );

const SHIPPED = [
  "acme",
  "agent-breakers",
  "gateway",
  "key-breakers",
  "router-extensions",
  "service-metrics",
  "updog",
];

describe("system list and show", () => {
  test("the shipped ones, with what each can change", async () => {
    const { systems } = json<SystemList>(await run(["system", "list", "-o", "json"]));
    expect(systems.map(({ name, source, trusted }) => [name, source, trusted])).toEqual([
      ...SHIPPED.map((name) => [name, "package", true]),
    ]);
    expect(systems.map(({ verbs }) => verbs.length)).toEqual([6, 1, 1, 2, 0, 0, 0]);
  });

  test("as table, names and csv", async () => {
    expect((await run(["system", "list", "-o", "name"])).stdout).toBe(`${SHIPPED.join("\n")}\n`);
    expect((await run(["system", "list"])).stdout).toMatch(/gateway +API gateway of an e-commerce backend/);
    expect((await run(["system", "list", "-o", "csv"])).stdout.split("\n")).toHaveLength(SHIPPED.length + 2);
  });

  test("show tells calls, thresholds with unit and bounds, and what is done by hand", async () => {
    const shown = json<SystemDetails>(await run(["system", "show", "key-breakers", "-o", "json"]));
    expect(shown).toMatchObject({ reads: "GET /api/v1/circuit-breaker/stats", source: "package" });
    expect(shown.thresholds.find(({ name }) => name === "openDuration")).toMatchObject({
      native: "timeout",
      unit: "s",
      min: 1_000,
    });
    expect(shown.thresholds.find(({ name }) => name === "halfOpenMaxCalls")).toMatchObject({
      writeOnly: true,
    });
    const text = (await run(["system", "show", "key-breakers"])).stdout;
    expect(text).toContain("trip     not by this system: Stop the traffic");
  });

  test("an unknown name is answered with near ones, a path that is not there with the path", async () => {
    const near = await run(["system", "show", "gatway"]);
    expect(near.code).toBe(2);
    expect(near.stderr).toContain("gateway");
    const path = await run(["system", "show", "./none.yaml"]);
    expect(path.code).toBe(2);
    expect(path.stderr).toContain(join(home, "none.yaml"));
  });
});

describe("a system of the user's own is one YAML file", () => {
  test("in the config folder: listed, shown, read", async () => {
    const path = write(OWN, FUSE_BOX);
    const { systems } = json<SystemList>(await run(["system", "list", "-o", "json"]));
    expect(systems.find(({ name }) => name === "fuse-box")).toMatchObject({
      source: "user",
      path,
      trusted: true,
    });
    const server = await fuses();
    const ran = await run(["status", "--system", "fuse-box", "--admin-url", server.url, "-o", "json"]);
    expect(ran.code).toBe(0);
    expect(json<BreakerList>(ran).breakers).toMatchObject([
      {
        key: "oven",
        group: "ground",
        state: "open",
        nativeState: "down",
        since: "2023-11-14T22:13:20.000Z",
        counts: { failures: 3 },
        thresholds: { failureThreshold: 16 },
      },
      { key: "lamp", state: "closed", since: null },
    ]);
  });

  test("by path, it reads, describes and shows as before, though it is not trusted", async () => {
    write("fuses.yaml", FUSE_BOX);
    const where = ["--system", "./fuses.yaml", "--admin-url", (await fuses()).url];
    expect((await run(["status", "-o", "name", ...where])).stdout).toBe("ground/oven\nfirst/lamp\n");
    expect((await run(["describe", "oven", ...where])).code).toBe(0);
    const shown = json<SystemDetails>(await run(["system", "show", "fuses.yaml", "-o", "json"]));
    expect(shown).toMatchObject({ name: "fuse-box", source: "file", trusted: false });
  });

  test("by path in a context, relative to the config", async () => {
    write("elsewhere/fuses.yaml", FUSE_BOX);
    const server = await fuses();
    const config = write(
      "elsewhere/cbctl.yaml",
      `apiVersion: cbctl.dev/v1\nkind: Config\ncontexts:\n  cellar: { system: ./fuses.yaml, instances: '${server.url}' }\n`,
    );
    expect((await run(["status", "-o", "name", "--config", config])).stdout).toContain("ground/oven");
  });

  test("in the config folder but writable by others it reads, and is not trusted", async () => {
    write(OWN, FUSE_BOX, 0o666);
    const { systems } = json<SystemList>(await run(["system", "list", "-o", "json"]));
    expect(systems.find(({ name }) => name === "fuse-box")?.trusted).toBe(false);
    const server = await fuses();
    const where = ["--system", "fuse-box", "--admin-url", server.url];
    expect((await run(["status", ...where])).code).toBe(0);
    const reset = await run(["reset", "oven", "--yes", "--hold", "0s", ...where]);
    expect(reset.code).toBe(6);
    expect(server.writes()).toEqual([]);
  });

  test("by a path that only seems to lead into the config folder it is not trusted", async () => {
    write(OWN, FUSE_BOX);
    write("fuses.yaml", FUSE_BOX);
    const path = `${home}/config/cbctl/systems/../../../fuses.yaml`;
    expect(json(await run(["system", "show", path, "-o", "json"]))).toMatchObject({
      source: "file",
      trusted: false,
    });
  });

  test("under the name of a shipped one it stands in its place", async () => {
    write("config/cbctl/systems/gateway.yaml", FUSE_BOX.replace("name: fuse-box", "name: gateway"));
    const ran = await run([
      "status",
      "-o",
      "name",
      "--system",
      "gateway",
      "--admin-url",
      (await fuses()).url,
    ]);
    expect(ran.stdout).toContain("ground/oven");
  });

  test("what was changed in it counts at once, however often it was read before", async () => {
    const where = ["--system", "fuse-box", "--admin-url", (await fuses()).url];
    write(OWN, FUSE_BOX);
    expect((await run(["status", "--state", "open", "-o", "name", ...where])).stdout).toBe("ground/oven\n");
    write(OWN, FUSE_BOX.replace("[down]", "[up]").replace("closed: [up]", "closed: [down]"));
    expect((await run(["status", "--state", "open", "-o", "name", ...where])).stdout).toBe("first/lamp\n");
  });

  test("with an error in it: 2, with file, line and column, and nobody is asked", async () => {
    const path = write(OWN, FUSE_BOX.replace("call: GET /v1/fuses", "call: FETCH /v1/fuses"));
    const server = await fuses();
    const ran = await run(["status", "--system", "fuse-box", "--admin-url", server.url]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(new RegExp(`${path}:6:\\d+`));
    expect(server.requests).toEqual([]);
  });

  test("of another kind: 2", async () => {
    write(OWN, "apiVersion: cbctl.dev/v1\nkind: Config\n");
    const ran = await run(["status", "--system", "fuse-box", "--admin-url", "http://127.0.0.1:1"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("not a System");
  });
});

describe("system lint", () => {
  test("a good document: 0, and nobody is asked", async () => {
    const path = write("fuses.yaml", FUSE_BOX);
    const ran = await run(["system", "lint", path, "-o", "json"]);
    expect(ran.code).toBe(0);
    expect(json<LintReport>(ran)).toMatchObject({ files: [path], errors: 0 });
  });

  test("every problem of every file, each with its place", async () => {
    const one = write("one.yaml", FUSE_BOX.replace("failureThreshold", "failureTreshold"));
    const two = write(
      "two.yaml",
      FUSE_BOX.replace("${key}", "${kee}").replace("min: 1, max: 63", "min: 9, max: 3"),
    );
    const ran = await run(["system", "lint", one, two, "-o", "json"]);
    expect(ran.code).toBe(2);
    const { problems, errors } = json<LintReport>(ran);
    expect(errors).toBe(3);
    expect(
      problems.filter(({ severity }) => severity === "error").map(({ file, line }) => [file, line]),
    ).toEqual([
      [one, 14],
      [two, 14],
      [two, 16],
    ]);
    const text = await run(["system", "lint", one]);
    expect(text.stdout).toContain("failureThreshold");
  });

  test("a file that is not there", async () => {
    const ran = await run(["system", "lint", "none.yaml"]);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("none.yaml");
  });

  test("a YAML bomb ends soon", async () => {
    const layers = Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at}, `.repeat(9)}]`);
    const path = write("bomb.yaml", ["l0: &l0 [x]", ...layers, ""].join("\n"));
    const ran = await run(["system", "lint", path]);
    expect(ran.code).toBe(2);
    expect((ran.stdout + ran.stderr).length).toBeLessThan(10_000);
  });
});
