import type { ChildProcess } from "node:child_process";
import { expect, test } from "vitest";
import type { AuditList, ChangeAnswer } from "../../src/domain/answers.ts";
import { adminServer, keyBreaker } from "../support/admin-server.ts";
import { json } from "../support/cbctl.ts";
import { type KeyServer, keyServer, type Person, personAt } from "../support/key-server.ts";
import { until } from "../support/sandbox.ts";
import { inTerminal } from "../support/terminal.ts";

const OPEN = [keyBreaker("k1", "open"), keyBreaker("k2", "open")];
const RESET = ["reset", "k1", "--yes", "-o", "json"];
const SIGNALS = [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const;

/** Two instances, of which the second is told of a change and keeps silent. */
async function oneIsSlow(): Promise<{
  quick: KeyServer;
  slow: KeyServer;
  person: Person;
  arrived: () => boolean;
}> {
  const [quick, slow] = [await keyServer(...OPEN), await keyServer(...OPEN)];
  slow.onChange(() => undefined);
  const arrived = () => slow.writes().length > 0 && quick.breakers.get("k1")?.state === "closed";
  return { quick, slow, person: personAt([quick, slow]), arrived };
}

test.each(SIGNALS)("%s in the middle of a change: 8, with what is and what is not done", async (signal) => {
  const { quick, slow, person, arrived } = await oneIsSlow();
  const onStart = (child: ChildProcess) => void until(arrived).then(() => child.kill(signal));
  const ran = await person.run(RESET, { onStart });
  expect(ran.code).toBe(8);
  expect(ran.stderr).toContain("interrupted: 2 of 2 requests were sent; reading back what they did");
  const answer = json<ChangeAnswer>(ran);
  expect(answer).toMatchObject({ applied: 1, total: 2 });
  expect(answer.results.map(({ outcome }) => outcome)).toEqual(["applied", "unknown"]);
  expect(answer.results[1]?.message).toMatch(/read back unchanged: still open/);
  expect([quick.writes().length, slow.writes().length]).toEqual([1, 1]);
  const listed = json<AuditList>(await person.run(["audit", "list", "-o", "json"]));
  expect(listed.entries).toMatchObject([{ result: { applied: 1, total: 2, reconciled: false } }]);
});

test("what was not yet sent when the signal came is not sent any more, and said so", async () => {
  const server = await keyServer(...OPEN);
  server.onChange(({ take }) => take());
  const onStart = (child: ChildProcess) =>
    void until(() => server.writes().length > 0).then(() => child.kill("SIGINT"));
  const ran = await personAt([server]).run(["reset", "k1", "k2", "--yes", "-o", "json"], { onStart });
  expect(ran.code).toBe(8);
  expect(ran.stderr).toContain("interrupted: 1 of 2 requests were sent");
  const { results } = json<ChangeAnswer>(ran);
  expect(results.map(({ key, outcome }) => [key, outcome])).toEqual([
    ["k1", "applied"],
    ["k2", "failed"],
  ]);
  expect(results[1]?.message).toBe("nothing was sent: interrupted before it was sent");
  expect(server.writes()).toHaveLength(1);
});

test("a signal while the change is watched ends the watching at once, not the answer: 8", async () => {
  const server = await keyServer(...OPEN);
  const onStart = (child: ChildProcess) =>
    void until(() => server.requests.length > 2).then(() => child.kill("SIGINT"));
  const started = Date.now();
  const ran = await personAt([server]).run([...RESET, "--hold", "60s"], { onStart });
  expect(ran.code).toBe(8);
  expect(json(ran)).toMatchObject({ applied: 1, total: 1 });
  expect(Date.now() - started).toBeLessThan(15_000);
});

test.each(SIGNALS)("%s before anything was sent ends with %i", async (signal, code) => {
  const server = await adminServer(() => undefined);
  const person = personAt([server]);
  const onStart = (child: ChildProcess) =>
    void until(() => server.requests.length > 0).then(() => child.kill(signal));
  const ran = await person.run(RESET, { onStart });
  expect(ran.code).toBe(code);
  expect(json(ran)).toMatchObject({ error: { exitCode: code } });
  expect(server.writes()).toEqual([]);
  expect(json(await person.run(["audit", "list", "-o", "json"]))).toMatchObject({ entries: [] });
});

test("a second signal ends cbctl at once; the journal keeps the change open", async () => {
  const server = await keyServer(...OPEN);
  const person = personAt([server]);
  let child: ChildProcess | undefined;
  server.onChange(() => {
    // From now on the server hangs, so that reading back is still under way when the second signal comes.
    server.onRead(() => child?.kill("SIGINT"), "hang");
    child?.kill("SIGINT");
  });
  const onStart = (started: ChildProcess) => {
    child = started;
  };
  const ran = await person.run(RESET, { onStart });
  expect(ran.code).toBe(130);
  server.onRead(() => undefined);
  const listed = json<AuditList>(await person.run(["audit", "list", "-o", "json"]));
  expect(listed.entries).toMatchObject([{ result: null }]);
});

test("Ctrl-C at a terminal in the middle of a change: 8", async () => {
  const { person, slow, arrived } = await oneIsSlow();
  const argv = ["reset", "k1", "--yes", "--no-color", ...person.where];
  const session = inTerminal(argv, { folder: person.home, columns: 160 });
  await until(arrived);
  session.type("\x03");
  expect(await session.ended()).toBe(8);
  expect(session.plain()).toMatch(/unknown .*k1 .*read back unchanged: still open/);
  expect(session.plain()).toContain("applied 1/2");
  expect(slow.writes()).toHaveLength(1);
});
