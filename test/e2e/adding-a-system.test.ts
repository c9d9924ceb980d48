import { appendFileSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cbctl, type Ran } from "../support/cbctl.ts";
import { personInSandbox, type SandboxPerson } from "../support/sandbox-person.ts";
import { readTutorial, steadyLine } from "../support/tutorial.ts";

const MARKDOWN = readFileSync(new URL("../../docs/adding-a-system.md", import.meta.url), "utf8");
const ENDS_WITH = /^# ends with (\d+)$/;

function write(person: SandboxPerson, name: string, text: string): void {
  const [first = "", second = ""] = person.urls;
  const here = text.replace("http://127.0.0.1:8081", first).replace("http://127.0.0.1:8082", second);
  appendFileSync(`${person.home}/${name}`, here);
}

function apiKey(person: SandboxPerson): string {
  return readFileSync(person.sandbox.config.replace("config.yaml", "acme.secret"), "utf8");
}

/** Runs a command line as the reader would, in the folder with the two files. */
function runAsReader(person: SandboxPerson, argv: readonly string[]): Promise<Ran> {
  const env = { HOME: person.home, CBCTL_CONFIG: `${person.home}/config.yaml`, ACME_KEY: apiKey(person) };
  return cbctl(argv, { env, cwd: person.home });
}

/** What was printed, cut to the lines that the document shows: `…` there stands for any others. */
function expectPrinted(argv: readonly string[], ran: Ran, output: readonly string[]): void {
  const printed = `${ran.stderr}${ran.stdout}`.trimEnd().split("\n").map(steadyLine);
  const shown = output.filter((line) => !ENDS_WITH.test(line)).map(steadyLine);
  const isCut = shown.includes("…");
  const wanted = shown.filter((line) => line !== "…");
  expect([argv, isCut ? printed.filter((line) => wanted.includes(line)) : printed]).toEqual([argv, wanted]);
}

test("what docs/adding-a-system.md tells to write and to run does what it says", async () => {
  const person = await personInSandbox("acme", "one-open");
  const ran: string[] = [];
  for (const block of readTutorial(MARKDOWN)) {
    if (block.kind === "file") write(person, block.name, block.text);
    if (block.kind !== "command" || block.argv[0] !== "cbctl") continue;
    const result = await runAsReader(person, block.argv.slice(1));
    const code = Number(block.output.flatMap((line) => ENDS_WITH.exec(line)?.[1] ?? [])[0] ?? 0);
    expect([block.argv, result.code, result.stderr]).toEqual([block.argv, code, expect.any(String)]);
    expectPrinted(block.argv, result, block.output);
    ran.push(block.argv.slice(1).join(" "));
  }
  expect(ran).toEqual(
    expect.arrayContaining(["system lint my-acme.yaml", "status", "reset ledger --dry-run"]),
  );
  expect((await person.writes(person.urls[0] ?? "")).map(({ method }) => method)).toEqual([
    "POST",
    "PUT",
    "PUT",
  ]);
  expect((await person.states())["payments/ledger"]).toBe("closed");
}, 60_000);

test("the answer that the document shows has the shape of the real one", async () => {
  const person = await personInSandbox("acme", "one-open");
  const [url = ""] = person.urls;
  const real = await (
    await fetch(`${url}/ops/breakers`, { headers: { "X-Api-Key": apiKey(person) } })
  ).json();
  const shown = readTutorial(MARKDOWN).flatMap((block) =>
    block.kind === "json" ? [JSON.parse(block.text)] : [],
  );
  expect(shown).toHaveLength(1);
  expect(shapeOf(shown[0])).toEqual(shapeOf(real));
});

/** Names and types, of lists the first item's. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(-1).map(shapeOf);
  if (value === null || typeof value !== "object") return value === null ? "string" : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shapeOf(item)]));
}
