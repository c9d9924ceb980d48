import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { AuditEntry, AuditExport, AuditList, AuditVerification } from "../../src/domain/answers.ts";
import { openStore } from "../../src/drivers/store/index.ts";
import { openJournal } from "../../src/engine/journal.ts";
import { createFiles } from "../../src/host/files.ts";
import { keyBreaker } from "../support/admin-server.ts";
import { cbctl, json, type Ran } from "../support/cbctl.ts";
import { type KeyServer, keyServer, type Person, personAt } from "../support/key-server.ts";

const TWO = [keyBreaker("k1", "open"), keyBreaker("k2", "open")];
const SURE = ["--yes", "--hold", "0", "-o", "json"];

const listed = async (person: Person) =>
  json<AuditList>(await person.run(["audit", "list", "-o", "json"])).entries;

test("the intent stands in the journal, on disk, when its first request arrives", async () => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  let found = "";
  server.onChange(({ take, answer }) => {
    found = readFileSync(person.log, "utf8");
    take();
    answer();
  });
  const ran = await person.run(["reset", "k1", ...SURE]);
  expect(ran.code).toBe(0);
  expect(found).toContain('"kind":"intent"');
  expect(found).toContain(String(server.writes()[0]?.headers["x-request-id"]));
  expect(found).not.toContain('"kind":"result"');
});

/** Runs a reset of k1 that is killed, as if by power loss, when its request has arrived. */
async function killedReset(takesEffect: boolean): Promise<{ server: KeyServer; person: Person; id: string }> {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  let child: ChildProcess | undefined;
  server.onChange(({ take }) => {
    if (takesEffect) take();
    child?.kill("SIGKILL");
  });
  const onStart = (started: ChildProcess) => {
    child = started;
  };
  const ran = await person.run(["reset", "k1", ...SURE], { onStart });
  expect(ran.signal).toBe("SIGKILL");
  server.onChange(({ take, answer }) => {
    take();
    answer();
  });
  return { server, person, id: String(server.writes()[0]?.headers["x-request-id"]) };
}

test("a change that was killed on the way stays open, keeps its breaker, and is settled by reading back", async () => {
  const { server, person, id } = await killedReset(true);
  expect(await listed(person)).toMatchObject([
    { intent: { id, action: "reset" }, result: null, resultAt: null },
  ]);
  expect((await person.run(["audit", "list"])).stdout).toContain("? result unknown");

  const refused = await person.run(["patch", "k1", "timeout=90", ...SURE]);
  expect(refused.code).toBe(4);
  expect(json(refused)).toMatchObject({
    error: {
      code: "conflict",
      reason: expect.stringContaining(id),
      hint: expect.stringContaining("reconcile"),
    },
  });
  expect(refused.stderr).toMatch(/deepseek\/k1 at 127.0.0.1:\d+ is being changed by \S+ on \S+ since/);
  expect(server.writes()).toHaveLength(1);
  expect((await person.run(["patch", "k2", "timeout=90", ...SURE])).code).toBe(0);

  const reconciled = await person.run(["audit", "reconcile", "-o", "json"]);
  expect(reconciled.code).toBe(0);
  expect(json(reconciled)).toMatchObject({
    kind: "Reconciliation",
    entries: [{ intent: { id }, result: { applied: 1, total: 1, reconciled: true } }],
  });
  expect(server.writes()).toHaveLength(2);
  expect((await person.run(["patch", "k1", "timeout=90", ...SURE])).code).toBe(0);
});

test("two changes of one breaker at the same time: the second is refused, and sends nothing", async () => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  let second: Promise<Ran> | undefined;
  server.onChange(({ take, answer }) => {
    second ??= person.run(["patch", "k1", "timeout=90", ...SURE]);
    void second.then(() => {
      take();
      answer();
    });
  });
  const first = await person.run(["reset", "k1", ...SURE]);
  expect([first.code, (await second)?.code]).toEqual([0, 4]);
  expect(server.writes()).toHaveLength(1);
});

test("a killed change that had no effect is reconciled as unverified: 8, then there is nothing left to settle", async () => {
  const { person, id } = await killedReset(false);
  const first = await person.run(["audit", "reconcile"]);
  expect(first.code).toBe(8);
  expect(first.stdout).toContain(id);
  expect(first.stdout).toMatch(/unverified .*does not hold what was asked, or was changed since/);
  const second = await person.run(["audit", "reconcile"]);
  expect([second.code, second.stdout]).toEqual([0, "✔ every change of ad-hoc has a known result\n"]);
});

test("a killed change at an instance that is dead now stays open until it can be read: 9", async () => {
  const { server, person } = await killedReset(true);
  await server.close();
  const ran = await person.run(["audit", "reconcile", "-o", "json"]);
  expect(ran.code).toBe(9);
  expect(json(ran)).toMatchObject({ error: { code: "unreachable" } });
  expect(await listed(person)).toMatchObject([{ result: null }]);
});

describe("a journal of two changes", () => {
  async function twoChanges() {
    const server = await keyServer(...TWO);
    const person = personAt([server]);
    await person.run(["reset", "k1", "--reason", "vendor is back", ...SURE]);
    await person.run(["patch", "k2", "timeout=90", "--incident", "INC-7", ...SURE]);
    return { server, person, ids: (await listed(person)).map(({ intent }) => intent.id) };
  }

  test("is listed oldest first, in every format", async () => {
    const { person, ids } = await twoChanges();
    const run = async (format: string) => (await person.run(["audit", "list", "-o", format])).stdout;
    const table = (await run("table")).trimEnd().split("\n");
    expect(table[0]).toMatch(/^WHEN +ACTION +RESULT +BREAKERS +BY +REASON +ID$/);
    expect(table[1]).toMatch(/reset +applied 1\/1 +deepseek\/k1 .*vendor is back/);
    expect(table[2]).toMatch(/patch +applied 1\/1 +deepseek\/k2 .*INC-7/);
    expect(await run("name")).toBe(`${ids.join("\n")}\n`);
    expect((await run("csv")).trimEnd().split("\n")).toHaveLength(3);
    expect(await run("yaml")).toMatch(/^kind: AuditList$/m);
    expect(await run("wide")).toContain(ids[1]);
  });

  test("is shown change by change, by an id or its beginning", async () => {
    const { person, ids } = await twoChanges();
    const [first = "", second = ""] = ids;
    const shown = await person.run(["audit", "show", second]);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/incident +INC-7/);
    expect(shown.stdout).toMatch(/openDuration 1m → 1m30s/);
    expect(shown.stdout).toMatch(/✔ applied +deepseek\/k2/);
    const entry = json<AuditEntry>(await person.run(["audit", "show", first, "-o", "json"])).entry;
    expect(entry).toMatchObject({ intent: { id: first, reason: "vendor is back" }, result: { applied: 1 } });
    expect((await person.run(["audit", "show", second, "-o", "yaml"])).stdout).toContain("kind: AuditEntry");
    const common = await person.run(["audit", "show", first.slice(0, 2), "-o", "json"]);
    expect([common.code, json(common)]).toMatchObject([2, { error: { code: "unknown-name" } }]);
    expect(common.stderr).toContain("begins several ids");
    expect((await person.run(["audit", "show", "nope"])).code).toBe(2);
  });

  test("is exported whole, with who took it and when", async () => {
    const { person, ids } = await twoChanges();
    const exported = json<AuditExport>(await person.run(["audit", "export", "-o", "json"]));
    expect(exported).toMatchObject({ kind: "AuditExport", context: "ad-hoc" });
    expect(Date.parse(exported.exportedAt)).toBeGreaterThan(0);
    expect(exported.by.user).not.toBe("");
    expect(exported.entries).toEqual(await listed(person));
    for (const format of ["table", "yaml", "csv"]) {
      const { stdout } = await person.run(["audit", "export", "-o", format]);
      for (const id of ids) expect(stdout).toContain(id);
    }
  });

  test("is whole", async () => {
    const { person } = await twoChanges();
    const ran = await person.run(["audit", "verify", "-o", "json"]);
    expect(ran.code).toBe(0);
    expect(json(ran)).toMatchObject({ kind: "AuditVerification", file: person.log, events: 4, faults: [] });
    expect((await person.run(["audit", "verify"])).stdout).toBe(`✔ ${person.log}: 4 events, unbroken\n`);
  });

  const isRecord = (line: string) => line !== "";

  test.each<[string, string, (lines: string[]) => { lines: string[]; at: number }]>([
    [
      "an edited line",
      "edited",
      (lines) => {
        const at = lines.findIndex((line) => line.includes("vendor is back"));
        return { lines: lines.with(at, lines[at]?.replace("vendor is back", "no reason") ?? ""), at };
      },
    ],
    [
      "a deleted line",
      "missing",
      (lines) => {
        const at = lines.findIndex((line) => line.includes('"kind":"result"'));
        const kept = lines.toSpliced(at, 1);
        return { lines: kept, at: kept.findIndex((line, index) => index >= at && isRecord(line)) };
      },
    ],
    [
      "a line that was moved before another",
      "reordered",
      (lines) => {
        const [first = 0, second = 0] = lines
          .flatMap((line, index) => (isRecord(line) ? [index] : []))
          .slice(1);
        const moved = lines.with(first, lines[second] ?? "").with(second, lines[first] ?? "");
        return { lines: moved, at: first };
      },
    ],
  ])("finds %s and says where: 3", async (_, kind, tamper) => {
    const { person } = await twoChanges();
    const { lines, at } = tamper(readFileSync(person.log, "utf8").split("\n"));
    writeFileSync(person.log, lines.join("\n"));
    const ran = await person.run(["audit", "verify", "-o", "json"]);
    expect(ran.code).toBe(3);
    expect(json<AuditVerification>(ran).faults).toContainEqual(
      expect.objectContaining({ kind, line: at + 1 }),
    );
    const told = await person.run(["audit", "verify"]);
    expect([told.code, told.stdout]).toEqual([
      3,
      expect.stringContaining(`${person.log}:${at + 1}: ${kind}: `),
    ]);
  });
});

test("a hundred changes are listed and verified whole", async () => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  const now = () => Date.now();
  const options = {
    file: person.log,
    files: createFiles(),
    clock: { now },
    redact: String,
    newId: randomUUID,
  };
  const journal = openJournal(openStore(options), "ad-hoc", now);
  for (let number = 1; number <= 100; number += 1) {
    const by = { user: `u${number}`, host: "h", ci: null };
    const about = { context: "ad-hoc", system: "key-breakers", incident: null, undoes: null, targets: [] };
    const id = randomUUID();
    await journal.intend({
      kind: "intent",
      id,
      action: "reset",
      by,
      reason: `r${number}`,
      approved: "",
      ...about,
    });
    await journal.conclude({ kind: "result", id, results: [], applied: 0, total: 0, reconciled: false });
  }
  expect((await listed(person)).map(({ intent }) => intent.reason)).toEqual(
    Array.from({ length: 100 }, (_, index) => `r${index + 1}`),
  );
  const verified = await person.run(["audit", "verify", "-o", "json"]);
  expect([verified.code, json(verified)]).toMatchObject([0, { events: 200, faults: [] }]);
});

test.each([
  ["its folder is a file", (home: string) => `${home}/taken`, 2, "usage"],
  ["its folder cannot be made", () => "/proc/cbctl-state", 9, "no-storage"],
])("when the journal cannot be written, since %s, nothing is sent", async (_, stateIn, code, word) => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  writeFileSync(`${person.home}/taken`, "a file where the folder should be");
  const env = { XDG_STATE_HOME: stateIn(person.home) };
  const ran = await person.run(["patch", "k1", "timeout=90", ...SURE], { env });
  expect([ran.code, json(ran)]).toMatchObject([
    code,
    { error: { code: word, where: `${stateIn(person.home)}/cbctl/log.jsonl` } },
  ]);
  expect(server.writes()).toEqual([]);
  expect((await person.run(["status", "-o", "json"], { env })).code).toBe(0);
});

test("contexts keep their journals apart, though the file is one", async () => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  await person.run(["reset", "k1", ...SURE]);
  expect((await person.run(["context", "add", "other"])).code).toBe(0);
  const options = { env: { HOME: person.home } };
  const other = await cbctl(["audit", "list", "--context", "other", "-o", "json"], options);
  expect(json(other)).toMatchObject({ context: "other", entries: [] });
  expect(await listed(person)).toHaveLength(1);
});
