import { describe, expect, test } from "vitest";
import { textWidth } from "../../src/views/text/text-width.ts";
import { keyBreaker } from "../support/admin-server.ts";
import { cbctl, temporaryFolder } from "../support/cbctl.ts";
import { at, listing, manyBreakers } from "../support/key-breakers.ts";
import { sandboxOfTests } from "../support/sandbox.ts";
import { inTerminal, type TerminalOptions } from "../support/terminal.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const COLOUR = /\u001b\[\d/;
const BORDER = /[│┌┐└┘╭╮─]/;

type Screen = Pick<TerminalOptions, "columns" | "rows" | "env">;

/** What a whole run has put on the screen, and how it ended. */
async function screenOf(argv: readonly string[], screen: Screen = {}) {
  const session = inTerminal(argv, { folder: temporaryFolder(), ...screen });
  const code = await session.ended();
  const lines = session.plain().replaceAll("\r", "").trimEnd().split("\n");
  return { code, raw: session.raw(), lines, widest: Math.max(...lines.map(textWidth)) };
}

const two = () => listing([keyBreaker("k1", "open"), keyBreaker("k2", "closed")]);

describe("colour", () => {
  test("a terminal has it", async () => {
    expect((await screenOf(["status", ...at(await two())])).raw).toMatch(COLOUR);
  });

  test.each<[string, Record<string, string>, string[]]>([
    ["NO_COLOR", { NO_COLOR: "1" }, []],
    ["--no-color", {}, ["--no-color"]],
    ["TERM=dumb", { TERM: "dumb" }, []],
    ["FORCE_COLOR=0", { FORCE_COLOR: "0" }, []],
    ["--no-color over FORCE_COLOR", { FORCE_COLOR: "1" }, ["--no-color"]],
  ])("%s takes it away", async (_, env, argv) => {
    const { raw, code } = await screenOf(["status", ...argv, ...at(await two())], { env });
    expect(code).toBe(0);
    expect(raw).toContain("✖ open");
    expect(raw).not.toMatch(COLOUR);
  });

  test("an empty NO_COLOR is none, and FORCE_COLOR paints a dumb terminal", async () => {
    expect((await screenOf(["status", ...at(await two())], { env: { NO_COLOR: "" } })).raw).toMatch(COLOUR);
    const dumb = { TERM: "dumb", FORCE_COLOR: "1" };
    expect((await screenOf(["status", ...at(await two())], { env: dumb })).raw).toMatch(COLOUR);
  });

  test("json and yaml are never painted", async () => {
    for (const format of ["json", "yaml", "csv", "name"]) {
      expect((await screenOf(["status", "-o", format, ...at(await two())])).raw).not.toMatch(COLOUR);
    }
  });
});

describe("width", () => {
  const sandbox = sandboxOfTests(["--scenario", "one-open"]);
  const screens = [80, 140].flatMap((columns) =>
    [
      ["status", "--context", "acme"],
      ["status", "--context", "key-breakers"],
      ["status", "-A"],
      ["status", "--by", "group", "--context", "acme"],
      ["status", "--by", "instance", "--context", "acme"],
      ["context", "list"],
      ["system", "list"],
    ].map((argv) => [columns, argv] as const),
  );

  test.each(screens)("at %i columns no line of %j is longer", async (columns, argv) => {
    const env = { CBCTL_CONFIG: sandbox.running().config };
    const { code, lines, widest } = await screenOf(argv, { columns, rows: 60, env });
    expect(code).toBe(0);
    expect(lines.length).toBeGreaterThan(2);
    expect(widest).toBeLessThanOrEqual(columns);
  });

  test("wide is whole, whatever the width", async () => {
    const env = { CBCTL_CONFIG: sandbox.running().config };
    const argv = ["status", "-o", "wide", "--context", "acme"];
    const { lines } = await screenOf(argv, { columns: 80, rows: 60, env });
    expect(lines.some((line) => /payments\/ledger.*halfOpenMaxCalls=3 callTimeout=2s$/.test(line))).toBe(
      true,
    );
  });

  test("what is cut at 80 columns is not the state, nor the breaker's name", async () => {
    const env = { CBCTL_CONFIG: sandbox.running().config };
    const { lines } = await screenOf(["status", "--context", "acme"], { columns: 80, rows: 60, env });
    expect(lines.some((line) => /✖ open.*payments\/ledger/.test(line))).toBe(true);
  });

  test("wide characters count for two", async () => {
    const server = await listing([keyBreaker("断路器".repeat(20), "open")]);
    const { widest } = await screenOf(["status", ...at(server)], { columns: 80 });
    expect(widest).toBeLessThanOrEqual(80);
  });
});

describe("borders", () => {
  const short = async () => listing([keyBreaker("k1", "open"), keyBreaker("k2", "closed")]);

  test("a list that fits the screen is boxed", async () => {
    expect((await screenOf(["status", ...at(await short())])).lines.some((line) => BORDER.test(line))).toBe(
      true,
    );
  });

  test("one that is longer than the screen, or wider, is not", async () => {
    const long = await screenOf(["status", ...at(await listing(manyBreakers(30)))], { rows: 24 });
    expect(long.lines.some((line) => BORDER.test(line))).toBe(false);
    expect(long.lines.length).toBeGreaterThan(30);
    const narrow = await screenOf(["status", ...at(await short())], { columns: 30 });
    expect(narrow.lines.some((line) => BORDER.test(line))).toBe(false);
  });

  test("10,000 breakers scroll by, each of them", async () => {
    const server = await listing(manyBreakers(10_000));
    const { code, lines } = await screenOf(["status", ...at(server)]);
    expect(code).toBe(0);
    expect(lines.filter((line) => /key-\d{6}/.test(line))).toHaveLength(10_000);
  });
});

describe("for a person", () => {
  test("a headline counts the states, and what cannot be read stands below", async () => {
    const { lines, code } = await screenOf(["status", ...at(await two(), { url: "http://127.0.0.1:1" })], {
      columns: 140,
    });
    expect(code).toBe(9);
    expect(lines.join("\n")).toMatch(/ad-hoc · key-breakers · 2 breakers: 1 open, 1 unknown/);
    expect(lines.join("\n")).toContain("! 127.0.0.1:1:");
  });

  test("an empty list says so", async () => {
    const { lines, code } = await screenOf(["status", ...at(await listing([]))]);
    expect(code).toBe(0);
    expect(lines.join("\n")).toContain("no breakers");
  });

  test("Ctrl-C while a server hangs ends it with 130", async () => {
    const { adminServer } = await import("../support/admin-server.ts");
    const server = await adminServer(() => session.type("\x03"));
    const session = inTerminal(["status", ...at(server)], { folder: temporaryFolder() });
    expect(await session.ended()).toBe(130);
    expect(session.plain()).toContain("interrupted");
  });

  test("end of input hinders no command that reads", async () => {
    const server = await two();
    const session = inTerminal(["status", ...at(server)], { folder: temporaryFolder() });
    session.type("\x04");
    expect(await session.ended()).toBe(0);
    expect((await cbctl(["status", ...at(server)], { input: "" })).code).toBe(0);
  });
});
