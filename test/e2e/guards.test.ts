import { expect, test } from "vitest";
import { adminServer, keyBreaker } from "../support/admin-server.ts";
import { json, type Ran } from "../support/cbctl.ts";
import { type KeyServer, keyServer, type Person, personAt, personWith } from "../support/key-server.ts";
import { inTerminal } from "../support/terminal.ts";

const SURE = ["--yes", "--hold", "0", "-o", "json"];

const reasonOf = (ran: Ran) => json<{ error: { code: string; reason: string; hint: string } }>(ran).error;

function reopen(server: KeyServer, key: string): void {
  Object.assign(server.breakers.get(key) ?? {}, { state: "open" });
}

async function resetTwice(server: KeyServer, person: Person): Promise<void> {
  for (let time = 1; time <= 2; time += 1) {
    expect((await person.run(["reset", "k1", ...SURE])).code).toBe(0);
    reopen(server, "k1");
  }
}

test("a third reset within the hour is refused with when and by whom; --force passes it", async () => {
  const server = await keyServer(keyBreaker("k1", "open"), keyBreaker("k2", "open"));
  const person = personAt([server]);
  await resetTwice(server, person);
  const third = await person.run(["reset", "k1", ...SURE]);
  expect(third.code).toBe(4);
  expect(reasonOf(third)).toMatchObject({
    code: "guard",
    reason: expect.stringMatching(
      /^deepseek\/k1 was reset 2 times within the hour \(\d\d:\d\d by \S+, \d\d:\d\d by \S+\)$/,
    ),
    hint: expect.stringContaining("--force"),
  });
  expect(server.writes()).toHaveLength(2);
  expect((await person.run(["reset", "k2", ...SURE])).code).toBe(0);
  expect((await person.run(["reset", "k1", "--dry-run", "-o", "json"])).code).toBe(0);
  expect(server.writes()).toHaveLength(3);
  expect((await person.run(["reset", "k1", "--force", ...SURE])).code).toBe(0);
  expect(server.writes()).toHaveLength(4);
});

test("at a terminal the third reset wants the breaker's own name", async () => {
  const server = await keyServer(keyBreaker("k1", "open"));
  const person = personAt([server]);
  await resetTwice(server, person);
  const argv = ["reset", "k1", "--yes", "--hold", "0", ...person.where];
  const wrong = inTerminal(argv, { folder: person.home, columns: 200 });
  await wrong.see("Type the breaker's name");
  wrong.type("yes\r");
  expect(await wrong.ended()).toBe(4);
  expect(server.writes()).toHaveLength(2);
  const right = inTerminal(argv, { folder: person.home, columns: 200 });
  await right.see("Type the breaker's name");
  right.type("deepseek/k1\r");
  expect(await right.ended()).toBe(0);
  expect(server.writes()).toHaveLength(3);
});

test("resets that were refused or only shown do not count, and a patch is no reset", async () => {
  const server = await keyServer(keyBreaker("k1", "open"));
  const person = personAt([server]);
  for (const way of ["--no-input", "--dry-run"]) await person.run(["reset", "k1", way]);
  expect((await person.run(["patch", "k1", "timeout=90", ...SURE])).code).toBe(0);
  expect((await person.run(["patch", "k1", "timeout=60", ...SURE])).code).toBe(0);
  expect((await person.run(["patch", "k1", "timeout=90", ...SURE])).code).toBe(0);
  await resetTwice(server, person);
});

interface Health {
  readonly what: string;
  readonly by: string;
  readonly answers: number;
  readonly expect?: number;
  readonly code: number;
}

test.each<Health>([
  { what: "known by the breaker's key, well", by: "k1", answers: 200, code: 0 },
  { what: "known by the group, well", by: "deepseek", answers: 200, code: 0 },
  { what: "known by group and key, failing", by: "deepseek/k1", answers: 503, code: 4 },
  { what: "known by the group, failing", by: "deepseek", answers: 503, code: 4 },
  { what: "of another group, failing", by: "perplexity", answers: 503, code: 0 },
  { what: "that is well with 204", by: "k1", answers: 204, expect: 204, code: 0 },
  { what: "that answers 200 where 204 is well", by: "k1", answers: 200, expect: 204, code: 4 },
])("a reset while the upstream is $what ends with $code", async ({ by, answers, code, ...health }) => {
  const server = await keyServer(keyBreaker("k1", "open"));
  const upstream = await adminServer((_, response) => void response.writeHead(answers).end());
  const wanted = health.expect === undefined ? "" : `, expect: ${health.expect}`;
  const upstreams = `upstreams: { "${by}": { health: '${upstream.url}/health'${wanted} } }`;
  const person = personWith("system: key-breakers", `instances: ${server.url}`, upstreams);
  const ran = await person.run(["reset", "k1", ...SURE]);
  expect(ran.code).toBe(code);
  expect(server.writes()).toHaveLength(code === 0 ? 1 : 0);
  if (code === 0) return;
  expect(reasonOf(ran).reason).toContain(
    `${upstream.url}/health answered ${answers}, not ${health.expect ?? 200}`,
  );
});

test("a failing upstream is passed by --force, and does not stop a patch", async () => {
  const server = await keyServer(keyBreaker("k1", "open"));
  const upstream = await adminServer((_, response) => void response.writeHead(500).end());
  const upstreams = `upstreams: { k1: { health: '${upstream.url}' } }`;
  const person = personWith("system: key-breakers", `instances: ${server.url}`, upstreams);
  expect((await person.run(["patch", "k1", "timeout=90", ...SURE])).code).toBe(0);
  expect((await person.run(["reset", "k1", "--force", ...SURE])).code).toBe(0);
  expect(server.writes()).toHaveLength(2);
});

test("an upstream whose health cannot be told refuses as well", async () => {
  const server = await keyServer(keyBreaker("k1", "open"));
  const upstream = await adminServer(() => undefined);
  await upstream.close();
  const upstreams = `upstreams: { k1: { health: '${upstream.url}' } }`;
  const person = personWith("system: key-breakers", `instances: ${server.url}`, upstreams);
  const ran = await person.run(["reset", "k1", ...SURE]);
  expect(ran.code).toBe(4);
  expect(reasonOf(ran).reason).toContain("did not answer");
  expect(server.writes()).toEqual([]);
});

test("a health check is asked without the context's credentials", async () => {
  const server = await keyServer(keyBreaker("k1", "open"));
  const upstream = await adminServer((_, response) => void response.writeHead(200).end());
  const upstreams = `upstreams: { k1: { health: '${upstream.url}' } }`;
  const auth = "auth: { bearer: { env: CB_TOKEN } }";
  const person = personWith("system: key-breakers", `instances: ${server.url}`, upstreams, auth);
  const ran = await person.run(["reset", "k1", ...SURE], { env: { CB_TOKEN: "a-secret-token" } });
  expect(ran.code).toBe(0);
  expect(server.requests[0]?.headers.authorization).toBe("Bearer a-secret-token");
  expect(upstream.requests).toHaveLength(1);
  expect(upstream.requests[0]?.headers.authorization).toBeUndefined();
});

function manyBreakers(count: number, group: string) {
  return Array.from({ length: count }, (_, index) => keyBreaker(`${group}-${index + 1}`, "open", {}, group));
}

test.each([
  {
    what: "11 of 30, less than half of each group",
    sizes: [15, 15],
    argv: ["a-1*", "b-1", "b-2", "b-3", "b-4"],
    refused: /11 of 30/,
  },
  {
    what: "3 of the 5 of a group",
    sizes: [5, 30],
    argv: ["a-1", "a-*2", "a-3"],
    refused: /3 of 35 breakers, 3 of 5 in a/,
  },
  {
    what: "all of a group",
    sizes: [2, 30],
    argv: ["--group", "a"],
    refused: /2 of 32 breakers, 2 of 2 in a/,
  },
  {
    what: "more than half of a group",
    sizes: [20, 1],
    argv: ["a-1*"],
    refused: /11 of 21 breakers, 11 of 20 in a/,
  },
  {
    what: "11 with --max 0",
    sizes: [20, 1],
    argv: ["a-1*", "--max", "0"],
    refused: /--max allows 0/,
  },
  { what: "11 with --max 11", sizes: [20, 1], argv: ["a-1*", "--max", "11"], refused: null },
  { what: "11 with --max 10", sizes: [20, 1], argv: ["a-1*", "--max", "10"], refused: /and --max allows 10/ },
  { what: "exactly half of a group", sizes: [12, 3], argv: ["a-1*", "a-2", "a-3"], refused: null },
  {
    what: "11 that are all named",
    sizes: [12, 3],
    argv: manyBreakers(11, "a").map(({ key_id }) => key_id),
    refused: null,
  },
  { what: "one by a pattern, though it is its whole group", sizes: [1, 3], argv: ["a-*"], refused: null },
])("a change of $what", async ({ sizes, argv, refused }) => {
  const [a = 0, b = 0] = sizes;
  const server = await keyServer(...manyBreakers(a, "a"), ...manyBreakers(b, "b"));
  const ran = await personAt([server]).run(["reset", ...argv, ...SURE]);
  expect(ran.code).toBe(refused === null ? 0 : 4);
  if (refused === null) return expect(server.writes().length).toBeGreaterThan(0);
  expect(reasonOf(ran).reason).toMatch(refused);
  return expect(server.writes()).toEqual([]);
});

test("a protected context wants a reason and its name, and nothing else opens it", async () => {
  const server = await keyServer(keyBreaker("k1", "open"));
  const person = personWith("system: key-breakers", `instances: ${server.url}`, "protected: true");
  const refusals: readonly [readonly string[], RegExp][] = [
    [[], /prod is protected: a reason must be given/],
    [["--force"], /a reason must be given/],
    [["--confirm", "prod"], /a reason must be given/],
    [["--reason", "vendor is back"], /context prod is protected$/],
    [["--reason", "vendor is back", "--force"], /context prod is protected$/],
    [["--reason", "vendor is back", "--confirm", "production"], /and --confirm says "production"/],
  ];
  for (const [options, says] of refusals) {
    const ran = await person.run(["reset", "k1", ...options, ...SURE]);
    expect([ran.code, reasonOf(ran).code]).toEqual([4, "guard"]);
    expect(reasonOf(ran).reason).toMatch(says);
  }
  const reasoned = ["--reason", "vendor is back", "--confirm", "prod"];
  const unconsented = await person.run(["reset", "k1", ...reasoned, "-o", "json"]);
  expect([unconsented.code, reasonOf(unconsented).code]).toEqual([4, "no-consent"]);
  expect(server.writes()).toEqual([]);
  expect((await person.run(["reset", "k1", "--dry-run", "-o", "json"])).code).toBe(0);
  expect((await person.run(["reset", "k1", ...reasoned, ...SURE])).code).toBe(0);
  expect(server.writes()).toHaveLength(1);
});

test("--force is no consent and no number", async () => {
  const server = await keyServer(...manyBreakers(12, "a"));
  const person = personAt([server]);
  const unconsented = await person.run(["reset", "a-1", "--force", "-o", "json"]);
  expect([unconsented.code, reasonOf(unconsented).code]).toEqual([4, "no-consent"]);
  const large = await person.run(["reset", "--all", "--force", ...SURE]);
  expect([large.code, reasonOf(large).hint]).toEqual([4, "add --max 12 if that is meant"]);
  expect(server.writes()).toEqual([]);
});
