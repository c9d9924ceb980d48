import { expect, test } from "vitest";
import type { AuditList, ChangeAnswer } from "../../src/domain/answers.ts";
import { keyBreaker, sendJson } from "../support/admin-server.ts";
import { json, type Ran } from "../support/cbctl.ts";
import { keyServer, keyServers, type Person, personAt } from "../support/key-server.ts";
import { personInSandbox } from "../support/sandbox-person.ts";

const TWO = [keyBreaker("k1", "closed"), keyBreaker("k2", "closed", { timeout: 30 })];
const SURE = ["--yes", "--hold", "0", "-o", "json"];

const outcomes = (ran: Ran) => json<ChangeAnswer>(ran).results.map(({ outcome }) => outcome);
const errorOf = (ran: Ran) => json<{ error: { code: string; message: string; reason: string } }>(ran).error;

async function change(person: Person, ...argv: string[]): Promise<string> {
  const ran = await person.run([...argv, ...SURE]);
  return json<ChangeAnswer>(ran).journalId ?? "";
}

test("a patch of several breakers is taken back on every instance, each to its own value", async () => {
  const servers = await keyServers(2, ...TWO);
  const person = personAt(servers);
  const id = await change(person, "patch", "--all", "timeout=90", "failureThreshold=7", "--max", "2");
  const ran = await person.run(["undo", ...SURE]);
  expect([ran.code, outcomes(ran)]).toEqual([0, Array(4).fill("applied")]);
  expect(json(ran)).toMatchObject({ action: "undo", applied: 4, total: 4 });
  for (const { breakers } of servers) {
    expect([...breakers.values()].map(({ config }) => config)).toEqual(TWO.map(({ config }) => config));
  }
  const { entries } = json<AuditList>(await person.run(["audit", "list", "-o", "json"]));
  expect(entries.map(({ intent }) => [intent.action, intent.undoes])).toEqual([
    ["patch", null],
    ["undo", id],
  ]);
  expect((await person.run(["audit", "list"])).stdout).toContain(`of ${id}`);
});

test("undo wants consent like every change, and --dry-run shows what it would do", async () => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  await change(person, "patch", "k1", "timeout=90");
  const refused = await person.run(["undo", "-o", "json"]);
  expect([refused.code, errorOf(refused).code]).toEqual([4, "no-consent"]);
  const shown = await person.run(["undo", "--dry-run"]);
  expect(shown.code).toBe(0);
  expect(shown.stdout).toMatch(/planned .*k1 .*openDuration 1m30s → 1m/);
  expect(server.writes()).toHaveLength(1);
});

test("the newest change that can be taken back is meant; each is taken back once", async () => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  await change(person, "patch", "k1", "timeout=90");
  await change(person, "patch", "k2", "timeout=90");
  await change(person, "undo");
  expect(server.breakers.get("k2")?.config.timeout).toBe(30);
  await change(person, "undo");
  expect(server.breakers.get("k1")?.config.timeout).toBe(60);
  const third = await person.run(["undo", ...SURE]);
  expect([third.code, errorOf(third).message]).toEqual([2, "there is no change to take back"]);
});

test("a change is named by its id or the beginning of it; taken back twice it is unchanged", async () => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  const first = await change(person, "patch", "k1", "timeout=90");
  await change(person, "patch", "k2", "timeout=90");
  const ran = await person.run(["undo", first.slice(0, -1), ...SURE]);
  expect(ran.code).toBe(0);
  expect(server.breakers.get("k1")?.config.timeout).toBe(60);
  const again = await person.run(["undo", first, ...SURE]);
  expect([again.code, outcomes(again)]).toEqual([0, ["unchanged"]]);
  expect(server.writes()).toHaveLength(3);
});

test.each([
  ["no such id", "nope", /no change "nope"/],
  ["a beginning of several", "0", /"0" begins several ids/],
])("%s: 2", async (_, id, says) => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  await change(person, "patch", "k1", "timeout=90");
  await change(person, "patch", "k2", "timeout=90");
  const ran = await person.run(["undo", id, ...SURE]);
  expect([ran.code, errorOf(ran).code]).toEqual([2, "unknown-name"]);
  expect(errorOf(ran).message).toMatch(says);
});

test("what was changed since is left alone: 4, naming breaker, instance and both values", async () => {
  const servers = await keyServers(2, ...TWO);
  const person = personAt(servers);
  await change(person, "patch", "k1", "timeout=90");
  Object.assign(servers[1]?.breakers.get("k1") ?? {}, { config: { ...TWO[0]?.config, timeout: 45 } });
  const ran = await person.run(["undo", ...SURE]);
  expect([ran.code, errorOf(ran).message]).toEqual([4, "not taken back: it was changed since"]);
  const instance = servers[1]?.url.replace("http://", "");
  expect(errorOf(ran).reason).toBe(
    `deepseek/k1 at ${instance} was left openDuration=1m30s and is openDuration=45s`,
  );
  expect(servers.map((server) => server.writes().length)).toEqual([1, 1]);
});

test("a breaker that is gone since is told as that", async () => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  await change(person, "patch", "k1", "timeout=90");
  server.breakers.delete("k1");
  const ran = await person.run(["undo", ...SURE]);
  expect([ran.code, errorOf(ran).reason]).toEqual([4, expect.stringContaining("is not listed any more")]);
});

test("a patch that was applied in part is taken back where it was applied", async () => {
  const [good, bad] = [await keyServer(...TWO), await keyServer(...TWO)];
  bad.onChange(({ response }) => sendJson(response, {}, 500));
  const person = personAt([good, bad]);
  await change(person, "patch", "k1", "timeout=90");
  const ran = await person.run(["undo", ...SURE]);
  expect([ran.code, outcomes(ran)]).toEqual([0, ["applied", "unchanged"]]);
  expect([good.writes().length, bad.writes().length]).toEqual([2, 1]);
  expect(good.breakers.get("k1")?.config.timeout).toBe(60);
});

test("with an instance dead, a patch is taken back on the others: 8", async () => {
  const [alive, dead] = [await keyServer(...TWO), await keyServer(...TWO)];
  const person = personAt([alive, dead]);
  await change(person, "patch", "k1", "timeout=90");
  await dead.close();
  const ran = await person.run(["undo", ...SURE]);
  expect([ran.code, outcomes(ran).sort()]).toEqual([8, ["applied", "failed"]]);
  expect(alive.breakers.get("k1")?.config.timeout).toBe(60);
});

test("a threshold that the system does not show: 4, for what it was before is not known", async () => {
  const server = await keyServer(...TWO);
  const person = personAt([server]);
  const id = await change(person, "patch", "k1", "half_open_max_calls=4");
  const ran = await person.run(["undo", id, ...SURE]);
  expect([ran.code, errorOf(ran)]).toMatchObject([
    4,
    {
      code: "unsupported",
      message: "not taken back: what it was before is not known",
      reason: expect.stringMatching(/^deepseek\/k1 at \S+: the system does not show halfOpenMaxCalls$/),
    },
  ]);
  expect(server.writes()).toHaveLength(1);
});

test.each([
  ["reset", /came from its calls, not from a setting/],
  ["undo", /took another change back/],
])("a %s cannot be taken back: 4, and why", async (action, why) => {
  const server = await keyServer(keyBreaker("k1", "open"));
  const person = personAt([server]);
  const argv = action === "reset" ? ["reset", "k1"] : ["undo"];
  if (action === "undo") await change(person, "patch", "k1", "timeout=90");
  const id = await change(person, ...argv);
  const sent = server.writes().length;
  const ran = await person.run(["undo", id, ...SURE]);
  expect([ran.code, errorOf(ran)]).toMatchObject([
    4,
    { code: "unsupported", reason: expect.stringMatching(why) },
  ]);
  expect(errorOf(ran).message).toContain(id);
  expect(server.writes()).toHaveLength(sent);
});

test("trip, release, disable and enable are taken back by their inverse", { timeout: 60_000 }, async () => {
  const person = await personInSandbox("acme", "healthy");
  const after: readonly (readonly [string, string, string])[] = [
    ["trip", "forced_open", "closed"],
    ["disable", "disabled", "closed"],
  ];
  for (const [verb, held, before] of after) {
    await person.run(verb, "search/index", ...SURE);
    expect((await person.states())["search/index"]).toBe(held);
    const ran = await person.run("undo", ...SURE);
    expect([verb, ran.code, outcomes(ran)]).toEqual([verb, 0, ["applied", "applied"]]);
    expect((await person.states())["search/index"]).toBe(before);
  }
  for (const [verb, held] of after) {
    await person.run(verb, "search/index", ...SURE);
    const back = json<ChangeAnswer>(
      await person.run(verb === "trip" ? "release" : "enable", "search/index", ...SURE),
    );
    const ran = await person.run("undo", back.journalId ?? "", ...SURE);
    expect([verb, ran.code, outcomes(ran)]).toEqual([verb, 0, ["applied", "applied"]]);
    expect((await person.states())["search/index"]).toBe(held);
    await person.run(verb === "trip" ? "release" : "enable", "search/index", ...SURE);
  }
});

test("a trip that somebody released since is held by nobody: unchanged", async () => {
  const person = await personInSandbox("acme", "healthy");
  const tripped = json<ChangeAnswer>(await person.run("trip", "search/index", ...SURE));
  await person.run("release", "search/index", ...SURE);
  const ran = await person.run("undo", tripped.journalId ?? "", ...SURE);
  expect([ran.code, outcomes(ran)]).toEqual([0, ["unchanged", "unchanged"]]);
});
