import { expect, test } from "vitest";
import type { ChangeAnswer } from "../../src/domain/answers.ts";
import { adminServer, keyBreaker, sendJson } from "../support/admin-server.ts";
import { json } from "../support/cbctl.ts";
import { type ArrivedChange, keyServer, keyServers, personAt } from "../support/key-server.ts";

const OPEN = [keyBreaker("k1", "open"), keyBreaker("k2", "closed")];
const RESET_K1 = ["reset", "k1", "--yes", "-o", "json", "--hold", "0"];

const nameOf = (url: string) => url.replace("http://", "");
const outcomes = (answer: ChangeAnswer) => answer.results.map(({ outcome }) => outcome);

test("a reset goes once to every instance, is read back, and carries the journal's id", async () => {
  const servers = await keyServers(3, ...OPEN);
  const ran = await personAt(servers).run(RESET_K1);
  const answer = json<ChangeAnswer>(ran);
  expect(ran.code).toBe(0);
  expect(answer).toMatchObject({ kind: "ChangeResult", action: "reset", applied: 3, total: 3 });
  expect(answer.results.map(({ before, after }) => [before?.state, after?.state])).toEqual(
    Array(3).fill(["open", "closed"]),
  );
  for (const server of servers) {
    const [write, ...more] = server.writes();
    expect(more).toEqual([]);
    expect(write).toMatchObject({ method: "POST", path: "/api/v1/circuit-breaker/k1/reset" });
    expect(write?.headers["x-request-id"]).toBe(answer.journalId);
    expect(server.requests.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
  }
});

test("reading requests carry no X-Request-ID", async () => {
  const server = await keyServer(...OPEN);
  await personAt([server]).run(RESET_K1);
  const reads = server.requests.filter(({ method }) => method === "GET");
  expect(reads.map(({ headers }) => headers["x-request-id"])).toEqual([undefined, undefined]);
});

test("with one of three instances dead: applied 2/3, a line for each instance, 8", async () => {
  const servers = await keyServers(3, ...OPEN);
  const [, dead] = servers;
  await dead?.close();
  const ran = await personAt(servers).run(["reset", "k1", "--yes", "--hold", "0"]);
  const lines = ran.stdout.trimEnd().split("\n");
  expect(ran.code).toBe(8);
  expect(lines).toHaveLength(4);
  for (const server of servers) {
    const line = lines.find((each) => each.includes(nameOf(server.url)));
    expect(line).toMatch(server === dead ? /failed.*nothing was sent.*connection refused/ : /applied/);
  }
  expect(lines.at(-1)).toMatch(/^applied 2\/3 {2}journal \S+$/);
});

test("of an instance that dies between reading and sending nobody knows, and it says so", async () => {
  const [alive, dying] = await keyServers(2, ...OPEN);
  dying?.onRead((_, response) => response.on("finish", dying.close));
  const ran = await personAt([alive, dying].flatMap((server) => server ?? [])).run(RESET_K1);
  expect(ran.code).toBe(8);
  expect(outcomes(json(ran))).toEqual(["applied", "unknown"]);
});

test("with every instance dead nothing can be told: 9, and no change is journalled", async () => {
  const servers = await keyServers(2, ...OPEN);
  for (const { close } of servers) await close();
  const person = personAt(servers);
  const ran = await person.run(RESET_K1);
  expect(ran.code).toBe(9);
  expect(json(ran)).toMatchObject({ error: { code: "unreachable" } });
  expect(json(await person.run(["audit", "list", "-o", "json"]))).toMatchObject({ entries: [] });
});

test("a server that answers 200 and does nothing: unverified, 8", async () => {
  const server = await keyServer(...OPEN);
  server.onChange((change) => change.answer());
  const ran = await personAt([server]).run([...RESET_K1.slice(0, -1), "200ms"]);
  const { results, applied } = json<ChangeAnswer>(ran);
  expect(ran.code).toBe(8);
  expect(applied).toBe(0);
  expect(results).toMatchObject([{ outcome: "unverified", after: { state: "open" } }]);
  expect(results[0]?.message).toMatch(/^read back unchanged: still open after \d+ms$/);
});

test("a breaker that closes and opens again within the hold: unverified, and after how long", async () => {
  const server = await keyServer(...OPEN);
  const breaker = server.breakers.get("k1");
  server.onRead((count) => {
    if (count > 3) Object.assign(breaker ?? {}, { state: "open" });
  });
  const ran = await personAt([server]).run([...RESET_K1.slice(0, -1), "400ms"]);
  const { results } = json<ChangeAnswer>(ran);
  expect(ran.code).toBe(8);
  expect(results).toMatchObject([{ outcome: "unverified" }]);
  expect(results[0]?.message).toMatch(/^it did not hold: it was open again after \d+ms$/);
});

const GIVES_UP: readonly {
  readonly what: string;
  readonly does: (change: ArrivedChange) => void;
  readonly outcome: string;
  readonly code: number;
  readonly says: RegExp;
}[] = [
  {
    what: "a 500 that changed nothing is a failure, in the server's words",
    does: ({ response }) => sendJson(response, { detail: "the cache is down" }, 500),
    outcome: "failed",
    code: 8,
    says: /^answered 500: the cache is down$/,
  },
  {
    what: "a 500 after which the breaker is closed all the same: reading back decides",
    does: ({ take, response }) => {
      take();
      sendJson(response, {}, 500);
    },
    outcome: "applied",
    code: 0,
    says: /^answered 500, but reading back shows the change$/,
  },
  {
    what: "a 404 that names the breaker is a failure",
    does: ({ response }) => sendJson(response, { detail: "Circuit breaker 'k1' not found" }, 404),
    outcome: "failed",
    code: 8,
    says: /^answered 404: Circuit breaker 'k1' not found/,
  },
  {
    what: "an answer lost after the change took effect: reading back decides",
    does: ({ take, response }) => {
      take();
      response.destroy();
    },
    outcome: "applied",
    code: 0,
    says: /but reading back shows the change$/,
  },
  {
    what: "an answer lost before the change took effect: what happened is not known",
    does: ({ response }) => void response.destroy(),
    outcome: "unknown",
    code: 8,
    says: /the connection was reset; read back unchanged: still open( after \d+ms)?$/,
  },
  {
    what: "trap 6: 405 means that the system cannot do it",
    does: ({ response }) => sendJson(response, { detail: "Method Not Allowed" }, 405),
    outcome: "unsupported",
    code: 4,
    says: /^answered 405: Method Not Allowed$/,
  },
  {
    what: "trap 6: 501 means that the system cannot do it",
    does: ({ response }) => sendJson(response, {}, 501),
    outcome: "unsupported",
    code: 4,
    says: /^answered 501$/,
  },
  {
    what: "trap 15: a limit of requests says when to come again",
    does: ({ response }) => void response.writeHead(429, { "Retry-After": "30" }).end(),
    outcome: "failed",
    code: 8,
    says: /try again after 30 s$/,
  },
];

test.each(GIVES_UP)("$what, and nothing is sent twice", async ({ does, outcome, code, says }) => {
  const server = await keyServer(...OPEN);
  server.onChange(does);
  const ran = await personAt([server]).run(RESET_K1);
  const [result] = json<ChangeAnswer>(ran).results;
  expect(result?.message).toMatch(says);
  expect([result?.outcome, ran.code]).toEqual([outcome, code]);
  expect(server.writes()).toHaveLength(1);
});

test("a change that hangs ends within the timeout, is read back, and is not sent again", async () => {
  const server = await keyServer(...OPEN);
  server.onChange((change) => change.take());
  const ran = await personAt([server]).run([...RESET_K1, "--timeout", "500ms"]);
  expect(ran.code).toBe(0);
  expect(json<ChangeAnswer>(ran).results).toMatchObject([{ outcome: "applied" }]);
  expect(server.writes()).toHaveLength(1);
});

test.each([301, 302, 303, 307, 308])(
  "a POST that is answered with %i is not sent elsewhere",
  async (status) => {
    const other = await adminServer((_, response) => sendJson(response, { success: true }));
    const server = await keyServer(...OPEN);
    server.onChange(({ response }) => void response.writeHead(status, { Location: `${other.url}/x` }).end());
    const ran = await personAt([server]).run(RESET_K1);
    expect(ran.code).toBe(8);
    expect(json<ChangeAnswer>(ran).results).toMatchObject([{ outcome: "failed" }]);
    expect(other.requests).toEqual([]);
    expect(server.writes()).toHaveLength(1);
  },
);

test("--all is one request to each instance, and --group only the breakers of a group that are not closed", async () => {
  const breakers = [...OPEN, keyBreaker("k3", "open", {}, "perplexity"), keyBreaker("k4", "half_open")];
  const server = await keyServer(...breakers);
  const group = await keyServer(...breakers);
  const all = await personAt([server]).run([
    "reset",
    "--all",
    "--max",
    "4",
    "--yes",
    "--hold",
    "0",
    "-o",
    "json",
  ]);
  expect(all.code).toBe(0);
  expect(server.writes().map(({ path }) => path)).toEqual(["/api/v1/circuit-breaker/reset"]);
  const argv = ["reset", "--group", "deepseek", "--max", "3", "--yes", "--hold", "0", "-o", "json"];
  const some = await personAt([group]).run(argv);
  expect(outcomes(json(some))).toEqual(["applied", "unchanged", "applied"]);
  expect(group.writes().map(({ path }) => path.split("/").at(-2))).toEqual(["k1", "k4"]);
  expect(group.breakers.get("k3")?.state).toBe("open");
});

test("what is closed already is unchanged: nothing is sent, no consent is wanted, 0", async () => {
  const server = await keyServer(...OPEN);
  const ran = await personAt([server]).run(["reset", "k2", "-o", "json"]);
  expect(ran.code).toBe(0);
  expect(json(ran)).toMatchObject({ applied: 1, total: 1, journalId: null });
  expect(server.writes()).toEqual([]);
});

test("only the instances where it is open are asked", async () => {
  const [open, closed] = [await keyServer(...OPEN), await keyServer(keyBreaker("k1", "closed"))];
  const ran = await personAt([open, closed]).run(RESET_K1);
  expect(outcomes(json(ran))).toEqual(["applied", "unchanged"]);
  expect([open.writes().length, closed.writes().length]).toEqual([1, 0]);
});

test("a key with characters of URLs and shells is one encoded segment of the path", async () => {
  const key = "a/b c%?#;$(x)'é";
  const server = await keyServer(keyBreaker(key, "open"));
  const ran = await personAt([server]).run(["reset", "--all", "--yes", "--hold", "0", "-o", "json"]);
  expect(ran.code).toBe(0);
  const one = await keyServer(keyBreaker(key, "open"), keyBreaker("k2", "open"));
  const named = await personAt([one]).run(["reset", key, "--yes", "--hold", "0", "-o", "json"]);
  expect([named.code, outcomes(json(named))]).toEqual([0, ["applied"]]);
  const [segment = ""] = one.writes().map(({ path }) => path.split("/").at(-2) ?? "");
  expect(decodeURIComponent(segment)).toBe(key);
  expect(one.breakers.get("k2")?.state).toBe("open");
});

test.each([".", "..", "%2e%2e"])(
  "a key %j that would lead to another path changes nothing else",
  async (key) => {
    const server = await keyServer(keyBreaker(key, "open"), keyBreaker("k2", "open"));
    const ran = await personAt([server]).run(["reset", key, "--yes", "--hold", "0", "-o", "json"]);
    expect(server.breakers.get("k2")?.state).toBe("open");
    for (const { path } of server.writes()) {
      expect(decodeURIComponent(path)).toBe(`/api/v1/circuit-breaker/${key}/reset`);
    }
    expect(ran.code).toBe(key.startsWith("%") ? 0 : 2);
  },
);

test("an unknown key: 2 with near names, and nothing is sent", async () => {
  const server = await keyServer(keyBreaker("deepseek-1", "open"));
  const ran = await personAt([server]).run(["reset", "deepsek-1", "--yes", "-o", "json"]);
  expect(ran.code).toBe(2);
  expect(json(ran)).toMatchObject({ error: { code: "unknown-name" } });
  expect(ran.stderr).toMatch(/no breaker "deepsek-1"(.|\n)*deepseek-1/);
  expect(server.writes()).toEqual([]);
});

test.each([
  [["reset"], /no breaker is named/],
  [["reset", "k1", "--all"], /exclude each other/],
  [["reset", "k1", "--hold", "soon"], /--hold: "soon" is not a duration/],
  [["reset", "k1", "--max", "many", "--yes"], /--max: "many" is not a whole number/],
])("%j is a usage error that sends nothing", async (argv, says) => {
  const server = await keyServer(...OPEN);
  const ran = await personAt([server]).run(argv);
  expect(ran.stderr).toMatch(says);
  expect(ran.code).toBe(2);
  expect(server.writes()).toEqual([]);
});

test.each(["yaml", "name", "csv", "wide"])(
  "the result in the format %s tells every instance",
  async (format) => {
    const servers = await keyServers(2, ...OPEN);
    const ran = await personAt(servers).run(["reset", "k1", "--yes", "--hold", "0", "-o", format]);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/deepseek\/k1|deepseek,k1|key: k1/);
    if (format !== "name") for (const { url } of servers) expect(ran.stdout).toContain(nameOf(url));
  },
);
