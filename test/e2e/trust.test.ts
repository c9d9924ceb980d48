import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, test } from "vitest";
import type { SystemList, TrustReport } from "../../src/domain/answers.ts";
import { type AdminServer, adminServer, sendJson } from "../support/admin-server.ts";
import { cbctl, json, type Ran, temporaryFolder } from "../support/cbctl.ts";
import { inTerminal } from "../support/terminal.ts";

/** A system whose reset goes where the test says. */
const documentOf = (reset = "POST /breakers/${key}/reset", name = "mine") => `apiVersion: cbctl.dev/v1
kind: System
metadata: { name: ${name}, title: "A system of my own" }
spec:
  read: { call: GET /breakers, key: id, state: state }
  change: { reset: { breaker: '${reset}' } }
`;

const errorOf = (ran: Ran) => json<{ error: { code: string; hint: string; where: string } }>(ran).error;

/** One open breaker that closes with any POST. */
async function ownServer(): Promise<AdminServer> {
  let state = "open";
  return adminServer(({ method }, response) => {
    if (method === "POST") state = "closed";
    sendJson(response, method === "POST" ? {} : [{ id: "a", state }]);
  });
}

function writeAt(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const reset = (home: string, system: string, server: AdminServer, ...options: string[]) =>
  cbctl(
    ["reset", "a", "--hold", "0", "-o", "json", "--system", system, "--admin-url", server.url, ...options],
    {
      env: { HOME: home },
    },
  );

const trust = (home: string, ...argv: string[]) => cbctl(["trust", ...argv], { env: { HOME: home } });

test("a document from elsewhere may be read with, and shown, but not change: 6, and nothing is sent", async () => {
  const home = temporaryFolder();
  const file = writeAt(`${home}/work/mine.yaml`, documentOf());
  const server = await ownServer();
  const where = ["--system", file, "--admin-url", server.url, "-o", "json"];
  const status = await cbctl(["status", ...where], { env: { HOME: home } });
  expect([status.code, json(status)]).toMatchObject([0, { summary: { open: 1 } }]);
  expect((await reset(home, file, server, "--dry-run")).code).toBe(0);
  const ran = await reset(home, file, server, "--yes");
  expect([ran.code, errorOf(ran)]).toMatchObject([
    6,
    { code: "untrusted", where: file, hint: expect.stringContaining(`cbctl trust ${file}`) },
  ]);
  expect(server.writes()).toEqual([]);
});

test("trust shows what the document can do, waits for consent, and then it changes", async () => {
  const home = temporaryFolder();
  const file = writeAt(`${home}/work/mine.yaml`, documentOf("POST https://other.example/reset"));
  const shown = await trust(home, file);
  expect(shown.code).toBe(6);
  expect(shown.stderr).toContain("reset breaker: POST https://other.example/reset");
  const given = await trust(home, file, "--yes", "-o", "json");
  expect([given.code, json<TrustReport>(given)]).toMatchObject([
    0,
    {
      kind: "TrustReport",
      file,
      trusted: true,
      hosts: ["https://other.example"],
      programs: [],
      changes: ["reset breaker: POST https://other.example/reset"],
    },
  ]);
  expect(json<TrustReport>(given).digest).toMatch(/^[0-9a-f]{64}$/);
  expect((await trust(home, file)).stdout).toContain("✔ trusted");
});

test("an edit takes the trust away; the text that was trusted has it again", async () => {
  const home = temporaryFolder();
  const file = writeAt(`${home}/work/mine.yaml`, documentOf());
  const server = await ownServer();
  expect((await trust(home, file, "--yes")).code).toBe(0);
  writeFileSync(file, documentOf("POST /breakers/${key}/reset-all"));
  expect((await reset(home, file, server, "--yes")).code).toBe(6);
  expect(server.writes()).toEqual([]);
  writeFileSync(file, documentOf());
  expect((await reset(home, file, server, "--yes")).code).toBe(0);
  expect(server.writes()).toHaveLength(1);
});

test.each([
  ["y\r", 0, 0],
  ["n\r", 6, 6],
])("at a terminal trust asks; %j ends with %i", async (keys, code, resetCode) => {
  const home = temporaryFolder();
  const file = writeAt(`${home}/work/mine.yaml`, documentOf());
  const session = inTerminal(["trust", file], { folder: home, columns: 120 });
  await session.see("reset breaker: POST /breakers/${key}/reset");
  await session.see("Trust it to do this?");
  session.type(keys);
  expect(await session.ended()).toBe(code);
  expect((await reset(home, file, await ownServer(), "--yes")).code).toBe(resetCode);
});

test.each([
  ["a file that is not there", "nowhere.yaml", null, /there is no file/],
  [
    "a document of another kind",
    "config.yaml",
    "apiVersion: cbctl.dev/v1\nkind: Config\ncontexts: {}\n",
    /not a System/,
  ],
])("trust of %s: 2", async (_, name, text, says) => {
  const home = temporaryFolder();
  if (text !== null) writeAt(`${home}/${name}`, text);
  const ran = await trust(home, name, "--yes");
  expect(ran.stderr).toMatch(says);
  expect(ran.code).toBe(2);
});

describe("a document in the user's config folder", () => {
  const inConfig = (home: string) => `${home}/config/cbctl/systems/mine.yaml`;

  test("is trusted as it is, by its name", async () => {
    const home = temporaryFolder();
    writeAt(inConfig(home), documentOf());
    const server = await ownServer();
    expect((await reset(home, "mine", server, "--yes")).code).toBe(0);
    const listed = json<SystemList>(await cbctl(["system", "list", "-o", "json"], { env: { HOME: home } }));
    expect(listed.systems).toContainEqual(
      expect.objectContaining({ name: "mine", source: "user", trusted: true }),
    );
  });

  test.each<[string, (home: string) => void]>([
    ["that its group may write", (home) => chmodSync(inConfig(home), 0o660)],
    ["that everybody may write", (home) => chmodSync(inConfig(home), 0o606)],
    ["in a folder that its group may write", (home) => chmodSync(dirname(inConfig(home)), 0o770)],
    [
      "that is a link to a file which its group may write",
      (home) => {
        const elsewhere = writeAt(`${home}/shared/linked.yaml`, documentOf("POST /linked", "linked"));
        chmodSync(elsewhere, 0o660);
        symlinkSync(elsewhere, `${home}/config/cbctl/systems/linked.yaml`);
      },
    ],
  ])("%s is not trusted: 6", async (what, arrange) => {
    const home = temporaryFolder();
    writeAt(inConfig(home), documentOf());
    arrange(home);
    const server = await ownServer();
    const name = what.includes("link") ? "linked" : "mine";
    expect((await reset(home, name, server, "--yes")).code).toBe(6);
    expect(server.writes()).toEqual([]);
  });

  test("is not trusted by a path that only leads through that folder", async () => {
    const home = temporaryFolder();
    writeAt(inConfig(home), documentOf());
    const outside = writeAt(`${home}/outside.yaml`, documentOf());
    const server = await ownServer();
    const path = `${home}/config/cbctl/systems/../../../outside.yaml`;
    expect((await reset(home, path, server, "--yes")).code).toBe(6);
    expect((await reset(home, outside, server, "--yes")).code).toBe(6);
    expect(server.writes()).toEqual([]);
  });
});

test("a call to another host never gets the context's credentials, trusted or not", async () => {
  const home = temporaryFolder();
  const other = await adminServer((_, response) => sendJson(response, {}));
  const server = await ownServer();
  const file = writeAt(`${home}/work/mine.yaml`, documentOf(`POST ${other.url}/reset`));
  await trust(home, file, "--yes");
  const argv = ["reset", "a", "--yes", "--hold", "0", "--system", file, "--admin-url", server.url];
  const ran = await cbctl(argv, { env: { HOME: home, CBCTL_TOKEN: "canary-token" } });
  expect(ran.code).toBe(8);
  expect(server.requests[0]?.headers.authorization).toBe("Bearer canary-token");
  expect(other.writes()).toHaveLength(1);
  expect(JSON.stringify(other.requests)).not.toContain("canary-token");
});
