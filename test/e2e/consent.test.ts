import { writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { AuditEntry, ChangeAnswer } from "../../src/domain/answers.ts";
import { keyBreaker } from "../support/admin-server.ts";
import { json } from "../support/cbctl.ts";
import { keyServer, keyServers, personAt, personWith } from "../support/key-server.ts";
import { inTerminal } from "../support/terminal.ts";

const OPEN = [keyBreaker("k1", "open"), keyBreaker("k2", "closed"), keyBreaker("k3", "closed")];
const CHANGES = [
  ["reset", "k1"],
  ["reset", "--all", "--max", "9"],
  ["patch", "k1", "failureThreshold=7"],
  ["patch", "--all", "timeout=90", "--max", "9"],
];

test.each(CHANGES.map((argv) => [argv]))(
  "%j without a terminal and without --yes: 4, and nothing is sent",
  async (argv) => {
    const server = await keyServer(...OPEN);
    const person = personAt([server]);
    const ran = await person.run([...argv, "-o", "json"], { input: "y\n" });
    expect(ran.code).toBe(4);
    expect(json(ran)).toMatchObject({
      error: { code: "no-consent", hint: expect.stringContaining("--yes") },
    });
    expect(server.writes()).toEqual([]);
    expect(json(await person.run(["audit", "list", "-o", "json"]))).toMatchObject({ entries: [] });
  },
);

test.each(CHANGES.map((argv) => [argv]))(
  "%j with --dry-run: 0, shows what it would do, and nothing is sent",
  async (argv) => {
    const server = await keyServer(...OPEN);
    const person = personAt([server]);
    const ran = await person.run([...argv, "--dry-run", "-o", "json"]);
    const answer = json<ChangeAnswer>(ran);
    expect(ran.code).toBe(0);
    expect(answer).toMatchObject({ dryRun: true, journalId: null });
    expect(answer.results.map(({ outcome }) => outcome)).toContain("planned");
    expect(answer.requests).toHaveLength(1);
    expect(server.writes()).toEqual([]);
    expect(json(await person.run(["audit", "list", "-o", "json"]))).toMatchObject({ entries: [] });
  },
);

test("--dry-run shows before and after, and each request as a curl that does it", async () => {
  const server = await keyServer(...OPEN);
  const ran = await personAt([server]).run(["patch", "k1", "timeout=90", "--dry-run", "-v"]);
  const curl = `curl -sS -X PATCH -H 'Content-Type: application/json' -d '{"timeout":90}' '${server.url}/api/v1/circuit-breaker/k1/config'`;
  expect(ran.stdout).toMatch(/planned .*k1 .*openDuration 1m → 1m30s/);
  expect(ran.stdout).toContain("planned 1/1, nothing was sent");
  expect(ran.stdout).toContain(curl);
  expect(ran.stderr).toContain(`> GET ${server.url}/api/v1/circuit-breaker/stats`);
});

test("the journal keeps who, why and for which incident", async () => {
  const server = await keyServer(...OPEN);
  const person = personAt([server]);
  const argv = ["reset", "k1", "--yes", "--hold", "0", "--reason", "vendor is back", "--incident", "INC-7"];
  const { journalId } = json<ChangeAnswer>(await person.run([...argv, "-o", "json"]));
  const shown = await person.run(["audit", "show", journalId ?? "", "-o", "json"]);
  const { intent, result } = json<AuditEntry>(shown).entry;
  expect(intent).toMatchObject({
    action: "reset",
    reason: "vendor is back",
    incident: "INC-7",
    by: { ci: null },
  });
  expect(intent.by.user).not.toBe("");
  expect(result).toMatchObject({ applied: 1, total: 1, reconciled: false });
});

test("a job of CI is named in the journal", async () => {
  const server = await keyServer(...OPEN);
  const person = personAt([server]);
  await person.run(["reset", "k1", "--yes", "--hold", "0"], { env: { GITHUB_RUN_ID: "4711", CI: "true" } });
  const listed = await person.run(["audit", "list"]);
  expect(listed.stdout).toContain("(CI job 4711)");
});

test("at a terminal: the plan is shown, and yes does it", async () => {
  const servers = await keyServers(2, ...OPEN);
  const person = personAt(servers);
  const session = inTerminal(["reset", "k1", "--hold", "1s", ...person.where], {
    folder: person.home,
    columns: 120,
  });
  await session.see(/reset 1 of 3 breakers, 1 of 3 in group deepseek/);
  await session.see(/tries again by itself 1m after it opened: wait\?/);
  await session.see("Do it?");
  expect(servers.flatMap((server) => server.writes())).toEqual([]);
  session.type("y\r");
  expect(await session.ended()).toBe(0);
  expect(session.plain()).toContain("watching it hold for 1s");
  expect(session.plain()).toContain("applied 2/2");
  expect(servers.map((server) => server.writes().length)).toEqual([1, 1]);
});

test.each([
  ["no", "n\r", 4],
  ["Enter alone, which is no", "\r", 4],
  ["Ctrl-C", "\x03", 130],
  ["the end of input", "\x04", 130],
])("at a terminal: %s sends nothing", async (_, keys, code) => {
  const server = await keyServer(...OPEN);
  const person = personAt([server]);
  const session = inTerminal(["reset", "k1", ...person.where], { folder: person.home });
  await session.see("Do it?");
  session.type(keys);
  expect(await session.ended()).toBe(code);
  expect(server.writes()).toEqual([]);
  expect(json(await person.run(["audit", "list", "-o", "json"]))).toMatchObject({ entries: [] });
});

test("--no-input never asks, even at a terminal", async () => {
  const server = await keyServer(...OPEN);
  const person = personAt([server]);
  const session = inTerminal(["reset", "k1", "--no-input", ...person.where], { folder: person.home });
  expect(await session.ended()).toBe(4);
  expect(session.plain()).toContain("no one consented");
  expect(session.plain()).not.toContain("Do it?");
  expect(server.writes()).toEqual([]);
});

test("--yes at a terminal asks nothing, and the plan is shown all the same", async () => {
  const server = await keyServer(...OPEN);
  const person = personAt([server]);
  const session = inTerminal(["reset", "k1", "--yes", "--hold", "0", ...person.where], {
    folder: person.home,
  });
  expect(await session.ended()).toBe(0);
  expect(session.plain()).toMatch(/reset 1 of 3 breakers/);
  expect(session.plain()).not.toContain("Do it?");
});

test("--yes does not type the number of breakers for you: 4 without a terminal, a question at one", async () => {
  const server = await keyServer(...OPEN.map((breaker) => ({ ...breaker, state: "open" })));
  const person = personAt([server]);
  const argv = ["reset", "--all", "--yes", "--hold", "0"];
  const ran = await person.run([...argv, "-o", "json"]);
  expect(ran.code).toBe(4);
  expect(json(ran)).toMatchObject({ error: { code: "guard", hint: "add --max 3 if that is meant" } });
  const wrong = inTerminal([...argv, ...person.where], { folder: person.home });
  await wrong.see("Type the number of breakers");
  wrong.type("y\r");
  expect(await wrong.ended()).toBe(4);
  expect(server.writes()).toEqual([]);
  const right = inTerminal([...argv, ...person.where], { folder: person.home });
  await right.see("Type the number of breakers");
  right.type("3\r");
  expect(await right.ended()).toBe(0);
  expect(server.writes()).toHaveLength(1);
});

test("in a protected context a terminal asks for the reason and the context's name", async () => {
  const server = await keyServer(...OPEN);
  const person = personWith("system: key-breakers", `instances: ${server.url}`, "protected: true");
  const argv = ["reset", "k1", "--hold", "0", ...person.where];
  const wrong = inTerminal(argv, { folder: person.home, columns: 140 });
  await wrong.see("Why is this done?");
  wrong.type("vendor is back\r");
  await wrong.see("Type the context's name");
  wrong.type("production\r");
  expect(await wrong.ended()).toBe(4);
  expect(server.writes()).toEqual([]);
  const right = inTerminal(argv, { folder: person.home, columns: 140 });
  await right.see("Why is this done?");
  right.type("vendor is back\r");
  await right.see("Type the context's name");
  right.type("prod\r");
  await right.see("Do it?");
  right.type("y\r");
  expect(await right.ended()).toBe(0);
  const listed = await person.run(["audit", "list"]);
  expect(listed.stdout).toContain("vendor is back");
});

test("an empty reason is no reason", async () => {
  const server = await keyServer(...OPEN);
  const person = personWith("system: key-breakers", `instances: ${server.url}`, "protected: true");
  const session = inTerminal(["reset", "k1", ...person.where], { folder: person.home });
  await session.see("Why is this done?");
  session.type("  \r");
  expect(await session.ended()).toBe(4);
  expect(server.writes()).toEqual([]);
});

test("with standard input at its end nothing hangs and nothing passes as success", async () => {
  const server = await keyServer(...OPEN);
  const person = personAt([server]);
  writeFileSync(`${person.home}/empty`, "");
  const session = inTerminal(["reset", "k1", ...person.where], {
    folder: person.home,
    stdin: `${person.home}/empty`,
  });
  expect(await session.ended()).toBe(4);
  expect(session.plain()).toContain("no one consented");
  expect(server.writes()).toEqual([]);
});
