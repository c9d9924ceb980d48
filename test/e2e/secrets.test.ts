import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type AdminServer, adminServer, keyBreaker, sendJson } from "../support/admin-server.ts";
import { cbctl, type Ran } from "../support/cbctl.ts";
import { type Person, personWith } from "../support/key-server.ts";

/** Its first part stands out in every encoding; the rest is what quoting and escaping must cope with. */
const CANARY = "CANARY7f3aQ";
const TOKEN = `${CANARY}"&<w>\\/+=%'$,;:{x} tok~en`;

interface Credential {
  readonly by: string;
  readonly auth: (folder: string) => string;
  readonly env?: Readonly<Record<string, string>>;
  readonly sent: readonly [header: string, value: string];
}

const BASIC = `Basic ${Buffer.from(`ops:${TOKEN}`).toString("base64")}`;

const CREDENTIALS: readonly Credential[] = [
  {
    by: "a bearer token in the environment",
    auth: () => "{ bearer: { env: CB_TOKEN } }",
    env: { CB_TOKEN: TOKEN },
    sent: ["authorization", `Bearer ${TOKEN}`],
  },
  {
    by: "a bearer token in a file",
    auth: (folder) => `{ bearer: { file: ${folder}/token } }`,
    sent: ["authorization", `Bearer ${TOKEN}`],
  },
  {
    by: "a bearer token from a command",
    auth: (folder) => `{ bearer: { command: [cat, ${folder}/token] } }`,
    sent: ["authorization", `Bearer ${TOKEN}`],
  },
  {
    by: "a password",
    auth: (folder) => `{ basic: { user: ops, password: { file: ${folder}/token } } }`,
    sent: ["authorization", BASIC],
  },
  {
    by: "a header of its own",
    auth: () => "{ header: { name: X-Api-Key, value: { env: CB_TOKEN } } }",
    env: { CB_TOKEN: TOKEN },
    sent: ["x-api-key", TOKEN],
  },
];

/** Every form in which the canary could stand somewhere: plain, and in base64 wherever it begins. */
const TRACES = [
  CANARY,
  ...[0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), Buffer.from(CANARY)]).toString("base64");
    return encoded.slice(4, -4);
  }),
];

function tracesIn(text: string): string[] {
  return TRACES.filter((trace) => text.toLowerCase().includes(trace.toLowerCase()));
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Nothing of a run, and nothing that it left in the home folder, tells the secret. */
function expectNoTrace(ran: Ran, person: Person, what: string): void {
  expect([what, "stdout", tracesIn(ran.stdout)]).toEqual([what, "stdout", []]);
  expect([what, "stderr", tracesIn(ran.stderr)]).toEqual([what, "stderr", []]);
  for (const file of filesUnder(person.home)) {
    expect([what, file, tracesIn(readFileSync(file, "utf8"))]).toEqual([what, file, []]);
  }
}

async function personFor({ auth, env = {} }: Credential, server: AdminServer): Promise<Person> {
  const folder = mkdtempSync(join(tmpdir(), "cbctl-secret-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "token"), `${TOKEN}\n`, { mode: 0o600 });
  const person = personWith("system: key-breakers", `instances: ${server.url}`, `auth: ${auth(folder)}`);
  return { ...person, run: (argv, options) => person.run(argv, { ...options, env }) };
}

/** A server that writes what it was sent into everything it says. */
function echoingServer(): Promise<AdminServer> {
  const states = new Map([["k1", "open"]]);
  return adminServer(({ method, path }, response) => {
    if (method === "GET") {
      const named = { ...keyBreaker(`key ${TOKEN}`, "open"), provider: `group ${TOKEN}` };
      const stated = keyBreaker("k2", `state ${TOKEN}`);
      return sendJson(response, [keyBreaker("k1", states.get("k1") ?? ""), named, stated]);
    }
    if (path.includes("/k1/config")) return sendJson(response, { detail: `no: ${TOKEN}` }, 422);
    states.set("k1", "closed");
    return sendJson(response, { message: TOKEN });
  });
}

const COMMANDS: readonly (readonly string[])[] = [
  ...["table", "wide", "json", "yaml", "csv", "name"].map((format) => ["status", "-v", "-o", format]),
  ["status", "--by", "instance", "-o", "json"],
  ["status", "--fail-on", "any-open", "-o", "junit"],
  ["status", "--fail-on", "any-open", "-o", "github"],
  ["describe", "k1", "-v"],
  ["describe", "*CANARY*", "-o", "json"],
  ["reset", "*k*", "--dry-run", "-v"],
  ["reset", "*k*", "--dry-run", "-v", "-o", "json"],
  ["reset", "*k*", "--yes", "--max", "9", "--hold", "0", "-v"],
  ["patch", "k1", "timeout=90", "--yes", "--hold", "0", "-v"],
  ["patch", "k1", "timeout=90", "--yes", "--hold", "0", "-o", "json"],
  ["patch", "*k*", "timeout=90", "--yes", "--max", "9", "--hold", "0", "-o", "yaml"],
  ["patch", "*k*", "timeout=90", "--yes", "--max", "9", "--hold", "0", "-o", "csv"],
  ["reset", "nobody"],
  ...["table", "json", "yaml", "csv"].map((format) => ["audit", "list", "-o", format]),
  ["audit", "export", "-o", "json"],
  ["audit", "verify"],
  ["context", "show", "-o", "yaml"],
  ["context", "list"],
];

test("the search for traces finds the token, plain and encoded", () => {
  for (const text of [TOKEN, BASIC, encodeURIComponent(TOKEN), JSON.stringify(TOKEN)]) {
    expect(tracesIn(text)).not.toEqual([]);
  }
});

/** How a secret came makes no difference to most commands: two kinds see them all, the others those that send. */
const THOROUGH = new Set(["a bearer token in the environment", "a password"]);
const SENDING = COMMANDS.filter((argv) => ["--yes", "export", "show"].some((word) => argv.includes(word)));

test.each(CREDENTIALS)(
  "$by is sent, and nothing that a hostile server echoes shows it",
  { timeout: 60_000 },
  async (credential) => {
    const server = await echoingServer();
    const person = await personFor(credential, server);
    const commands = THOROUGH.has(credential.by) ? COMMANDS : SENDING;
    for (const argv of commands) expectNoTrace(await person.run(argv), person, argv.join(" "));
    expect((await person.run(["status"])).stdout).toContain("group ***/key ***");
    const [name, value] = credential.sent;
    expect(new Set(server.requests.map(({ headers }) => headers[name]))).toEqual(new Set([value]));
    expect(server.writes().length).toBeGreaterThan(3);
  },
);

const REFUSALS: readonly (readonly [string, (response: ServerResponse) => void])[] = [
  ["in the JSON of a 401", (response) => sendJson(response, { detail: `bad token ${TOKEN}` }, 401)],
  ["in the HTML of a 500", (response) => void response.writeHead(500).end(`<title>${TOKEN}</title>`)],
  ["as text instead of JSON", (response) => void response.writeHead(200).end(`hello ${TOKEN}`)],
  ["as Retry-After", (response) => void response.writeHead(429, { "Retry-After": TOKEN }).end()],
  [
    "as a place to go on to",
    (response) => void response.writeHead(302, { Location: `ftp://x/${encodeURIComponent(TOKEN)}` }).end(),
  ],
  ["percent-encoded", (response) => sendJson(response, { detail: encodeURIComponent(TOKEN) }, 400)],
  ["in base64", (response) => sendJson(response, { detail: BASIC }, 400)],
  ["as a field of its own", (response) => sendJson(response, [{ [TOKEN]: TOKEN }])],
];

test.each(REFUSALS)("a token that comes back %s is shown in no error, in no format", async (_, respond) => {
  const server = await adminServer((_request, response) => respond(response));
  const person = await personFor(CREDENTIALS[0] as Credential, server);
  for (const argv of [["status"], ["status", "-v", "-o", "json"], ["reset", "k1", "--yes", "-o", "json"]]) {
    const ran = await person.run(argv);
    expect(ran.code).toBe(9);
    expectNoTrace(ran, person, argv.join(" "));
  }
});

test("a dry run shows the secret as the variable that holds it", async () => {
  const server = await echoingServer();
  const person = await personFor(CREDENTIALS[0] as Credential, server);
  const ran = await person.run(["reset", "k1", "--dry-run", "-v"]);
  expect(ran.stdout).toContain('-H "Authorization: Bearer $CB_TOKEN"');
});

test.each([
  ["env", "{ bearer: { env: CB_NOT_SET } }", /no secret from the environment variable CB_NOT_SET/],
  ["file", "{ bearer: { file: /nowhere/token } }", /no secret from the file \/nowhere\/token/],
  [
    "command",
    '{ bearer: { command: [sh, -c, "exit 3"] } }',
    /no secret from the command sh(.|\n)*exit code 3/,
  ],
])("a secret that cannot be had from its %s: 2, and nothing is asked", async (_, auth, says) => {
  const server = await echoingServer();
  const person = personWith("system: key-breakers", `instances: ${server.url}`, `auth: ${auth}`);
  const ran = await person.run(["reset", "k1", "--yes"]);
  expect(ran.stderr).toMatch(says);
  expect(ran.code).toBe(2);
  expect(server.requests).toEqual([]);
});

test("a secret written into the config is refused, and not shown", async () => {
  const server = await echoingServer();
  const person = personWith(
    "system: key-breakers",
    `instances: ${server.url}`,
    `auth: { bearer: ${CANARY} }`,
  );
  const ran = await cbctl(["status", ...person.where, "-o", "json"], { env: { HOME: person.home } });
  expect(ran.code).toBe(2);
  expect(tracesIn(ran.stdout + ran.stderr)).toEqual([]);
});
