import { describe, expect, it } from "vitest";
import { type Table, toned, untitled } from "../../../src/views/text/cell.ts";
import { drawColumns, fitWidths } from "../../../src/views/text/columns.ts";
import { plainPaint } from "../../../src/views/text/paint.ts";
import { chalkPaint } from "../../../src/views/text/paint-chalk.ts";
import { textWidth } from "../../../src/views/text/text-width.ts";
import { textOf, withoutAnsi } from "../samples.ts";

const TABLE: Table = {
  columns: [{ title: "STATE", keep: true }, { title: "CALLS", align: "right" }, { title: "REASON" }],
  rows: [
    [toned("✖ open", "bad"), "7", "the upstream answered 503 five times in a row"],
    [toned("● closed", "good"), "12345", "決済サービス"],
    [toned("◐ half_open", "warn"), "-", ""],
  ],
};

describe("fitWidths", () => {
  const columns = [{ title: "A", keep: true as const }, { title: "B" }, { title: "C" }];
  it.each([
    { natural: [10, 10, 10], available: 30, widths: [10, 10, 10], when: "everything fits" },
    { natural: [10, 10, 30], available: 35, widths: [10, 10, 15], when: "the widest gives way alone" },
    { natural: [10, 20, 30], available: 40, widths: [10, 15, 15], when: "the two widest end alike" },
    { natural: [40, 10, 30], available: 60, widths: [40, 10, 10], when: "a kept column is left alone" },
    { natural: [40, 10, 30], available: 46, widths: [30, 8, 8], when: "a kept column gives way last" },
    { natural: [40, 5, 30], available: 10, widths: [8, 5, 8], when: "nothing goes below what can be read" },
  ])("$when: $natural in $available", ({ natural, available, widths }) => {
    expect(fitWidths(natural, columns, available)).toEqual(widths);
  });
});

describe("drawColumns", () => {
  it("aligns numbers right, the rest left, wide characters by their width, and ends no line in blanks", () => {
    const lines = [...drawColumns(TABLE, null, plainPaint)];
    expect(textOf(lines)).toMatchInlineSnapshot(`
      "STATE        CALLS  REASON
      ✖ open           7  the upstream answered 503 five times in a row
      ● closed     12345  決済サービス
      ◐ half_open      -"
    `);
    expect(lines.filter((line) => line.endsWith(" "))).toEqual([]);
  });

  it.each([40, 50, 60])("fits into %i columns, cutting the widest", (available) => {
    const lines = [...drawColumns(TABLE, available, plainPaint)];
    expect(lines.filter((line) => textWidth(line) > available)).toEqual([]);
    expect(lines[1]).toMatch(/^✖ open {11}7 {2}the upstream.*…$/);
  });

  it("paints cells without moving them", () => {
    const painted = textOf(drawColumns(TABLE, 50, chalkPaint));
    expect(painted).toContain("\u001b[31m✖ open\u001b[39m");
    expect(withoutAnsi(painted)).toBe(textOf(drawColumns(TABLE, 50, plainPaint)));
  });

  it("has no head without titles, and no lines without rows", () => {
    expect([...drawColumns({ columns: untitled(2), rows: [["a", "b"]] }, null, plainPaint)]).toEqual([
      "a  b",
    ]);
    expect([...drawColumns({ columns: untitled(2), rows: [] }, null, plainPaint)]).toEqual([]);
  });

  it("makes each line when it is asked for", () => {
    const lines = drawColumns(TABLE, null, plainPaint)[Symbol.iterator]();
    expect(lines.next().value).toMatch(/^STATE/);
    expect(lines.next().value).toMatch(/^✖ open/);
  });
});
