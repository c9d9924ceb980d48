import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { viewChangeResult } from "../../src/views/text/change-result.ts";
import { statusTable } from "../../src/views/text/status.ts";
import {
  ANSI,
  breakerList,
  OPENED,
  PARTLY_READ,
  PIPED,
  result,
  SICK,
  TERMINAL_80,
  TERMINAL_140,
  textOf,
} from "./samples.ts";

const FOLDER = new URL("../../src/views/", import.meta.url);
const SOURCES = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => ({ path, source: readFileSync(new URL(path, FOLDER), "utf8") }));

function filesWith(pattern: RegExp): string[] {
  return SOURCES.filter(({ source }) => pattern.test(source)).map(({ path }) => path);
}

describe("where escape sequences can come from", () => {
  it("is one file that loads the colours", () => {
    expect(filesWith(/from "chalk"/)).toEqual(["text/paint-chalk.ts"]);
    expect(filesWith(/import\("\.\/paint-chalk\.ts"\)/)).toEqual(["text/paint.ts"]);
  });

  it("is one file that loads boxes, which are told to have no colours", () => {
    expect(filesWith(/from "cli-table3"/)).toEqual(["text/boxed-table.ts"]);
    expect(filesWith(/import\("\.\/boxed-table\.ts"\)/)).toEqual(["text/box.ts"]);
    expect(filesWith(/from "\.\/(boxed-table|paint-chalk)\.ts"/)).toEqual([]);
  });

  it("is nothing that a view writes itself", () => {
    expect(SOURCES.length).toBeGreaterThan(30);
    // It reads them, to measure a line that is painted.
    expect(filesWith(/\\u001b|\\x1b|\\033|\p{Cc}\[/iu)).toEqual(["text/fold-line.ts"]);
  });

  it("is not the clock, the process or the machine", () => {
    expect(filesWith(/Date\.now|new Date\(\)|process\.|from "node:|Math\.random|console\./)).toEqual([]);
  });
});

describe("output without colour", () => {
  const change = {
    apiVersion: "cbctl.dev/v1",
    kind: "ChangeResult",
    action: "reset",
    context: "shop",
    system: "key-breakers",
    dryRun: false,
    results: [result("applied"), result("failed")],
    applied: 1,
    total: 2,
    journalId: "01JT",
  } as const;

  it.each([
    ["piped", PIPED],
    ["80 columns", TERMINAL_80],
    ["140 columns", TERMINAL_140],
  ])("holds no escape sequence: %s", (_, options) => {
    for (const list of [SICK, PARTLY_READ]) expect(textOf(statusTable(list, options))).not.toMatch(ANSI);
    expect(textOf(viewChangeResult(change, options))).not.toMatch(ANSI);
  });

  it("cuts nothing and draws nothing where it is piped, however narrow the terminal was", () => {
    const reason = "why ".repeat(100).trim();
    const text = textOf(
      statusTable(breakerList([[{ ...OPENED, reason }]]), { ...PIPED, columns: 10, rows: 1 }),
    );
    expect(text).toContain(reason);
    expect(text).not.toMatch(/[│─┌…]/);
  });
});
