import { describe, expect, it } from "vitest";
import { loadBox } from "../../../src/views/text/box.ts";
import type { Table } from "../../../src/views/text/cell.ts";
import { drawTable, drawWhole } from "../../../src/views/text/table.ts";
import { textWidth } from "../../../src/views/text/text-width.ts";
import { ANSI, COLORED, PIPED, TERMINAL_80, textOf, withoutAnsi } from "../samples.ts";

const LONG =
  "a reason that goes on for so long that no terminal of eighty columns could ever hold it in one line";

function table(rows: number): Table {
  return {
    columns: [
      { title: "NAME", keep: true },
      { title: "CALLS", align: "right" },
      { title: "NOTE" },
      { title: "WHY" },
    ],
    rows: Array.from({ length: rows }, (_, index) => [`breaker-${index}`, String(index * 100), "-", LONG]),
  };
}

describe("drawTable", () => {
  it("boxes what fits the screen and leaves out what tells nothing", () => {
    const lines = [...drawTable(table(2), TERMINAL_80)];
    expect(textOf(lines)).toMatchInlineSnapshot(`
      "┌───────────┬───────┬──────────────────────────────────────────────────────────┐
      │ NAME      │ CALLS │ WHY                                                      │
      ├───────────┼───────┼──────────────────────────────────────────────────────────┤
      │ breaker-0 │     0 │ a reason that goes on for so long that no terminal of e… │
      │ breaker-1 │   100 │ a reason that goes on for so long that no terminal of e… │
      └───────────┴───────┴──────────────────────────────────────────────────────────┘"
    `);
    expect(lines.map(textWidth)).toEqual(lines.map(() => 80));
  });

  it.each([
    { rows: 18, around: 0, boxed: true },
    { rows: 19, around: 0, boxed: false },
    { rows: 17, around: 1, boxed: true },
    { rows: 18, around: 1, boxed: false },
  ])("$rows rows and $around lines around on a screen of 24: boxed $boxed", ({ rows, around, boxed }) => {
    const lines = [...drawTable(table(rows), TERMINAL_80, around)];
    expect(textOf(lines).includes("│")).toBe(boxed);
    expect(lines.length).toBe(boxed ? rows + 4 : rows + 1);
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(80);
  });

  it("is whole, with every column and without borders, where no person reads", () => {
    const lines = [...drawTable(table(1), { ...PIPED, columns: 20 })];
    expect(lines[0]).toBe(`NAME       CALLS  NOTE  WHY`);
    expect(lines[1]).toBe(`breaker-0      0  -     ${LONG}`);
  });

  it("writes no escape sequence but those of its paint", () => {
    expect(textOf(drawTable(table(3), TERMINAL_80))).not.toMatch(ANSI);
    const colored = textOf(drawTable(table(3), { ...COLORED, columns: 80, rows: 24 }));
    expect(colored).toMatch(ANSI);
    expect(withoutAnsi(colored)).toBe(textOf(drawTable(table(3), TERMINAL_80)));
  });

  it.each([
    { name: 38, reason: 30, boxed: true, when: "the reason can still be read" },
    { name: 70, reason: 30, boxed: false, when: "the reason would be a stub" },
    { name: 90, reason: 0, boxed: false, when: "the name would be cut" },
  ])("has borders only where there is room for them: $when", ({ name, reason, boxed }) => {
    const columns = [{ title: "NAME", keep: true as const }, { title: "REASON" }];
    const lines = [...drawTable({ columns, rows: [["n".repeat(name), "r".repeat(reason)]] }, TERMINAL_80)];
    expect(lines.length).toBe(boxed ? 5 : 2);
  });

  it("keeps its frame around hostile names", () => {
    const names = [
      "--all",
      "a|b│c",
      "決済サービス",
      "e\u0301te\u0301",
      "=cmd()",
      '"quoted", twice',
      "x".repeat(200),
    ];
    const rows = names.map((name) => [name, "1"]);
    const lines = [...drawTable({ columns: [{ title: "NAME" }, { title: "CALLS" }], rows }, TERMINAL_80)];
    expect(lines.map(textWidth)).toEqual(lines.map(() => 80));
    expect(lines.length).toBe(names.length + 4);
  });
});

describe("drawWhole", () => {
  it("cuts nothing, at a terminal neither", () => {
    expect(textOf(drawWhole(table(1), TERMINAL_80))).toContain(LONG);
  });
});

describe("loadBox", () => {
  it("is there for terminals only", async () => {
    expect(await loadBox(false)).toBeNull();
    expect((await loadBox(true))?.({ head: ["A"], rows: [["1"]], alignments: ["left"] })).toEqual([
      "┌───┐",
      "│ A │",
      "├───┤",
      "│ 1 │",
      "└───┘",
    ]);
  });
});
