import { describe, expect, it } from "vitest";
import { type CsvValue, csvLines } from "../../../src/views/text/csv.ts";

describe("csvLines", () => {
  it.each([
    ["plain", "plain"],
    ["a,b", '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ["two\nlines", '"two\nlines"'],
    ["決済", "決済"],
    ["", ""],
    [null, ""],
    [0, "0"],
    [-5, "-5"],
    [0.5, "0.5"],
    [true, "true"],
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["--all", "'--all"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\tx", "'\tx"],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
    ["a=b", "a=b"],
  ] as readonly (readonly [CsvValue, string])[])("%j is written %s", (value, cell) => {
    expect([...csvLines(["head"], [[value]])]).toEqual(["head", cell]);
  });

  it("makes each line when it is asked for", () => {
    let made = 0;
    function* rows() {
      for (; made < 3; made++) yield [made];
    }
    const lines = csvLines(["n"], rows())[Symbol.iterator]();
    lines.next();
    lines.next();
    expect(made).toBe(0);
    expect([...csvLines(["n"], rows())].length).toBe(4);
  });
});
