import { describe, expect, test } from "vitest";
import { foldLine } from "../../../src/views/text/fold-line.ts";

describe("foldLine", () => {
  test.each([
    ["fits", "one two", 10, ["one two"]],
    ["breaks between words", "one two three four", 10, ["one two", "    three", "    four"]],
    ["keeps the indent of the line", "  one two three", 10, ["  one two", "      three"]],
    [
      "leaves a word that is longer than a line whole",
      "aaaaaaaaaaaaaaaa b",
      10,
      ["aaaaaaaaaaaaaaaa", "    b"],
    ],
    ["colours take no width", "\u001b[31mone\u001b[39m two", 7, ["\u001b[31mone\u001b[39m two"]],
    ["wide characters take two columns", "日本 日本 日本", 9, ["日本 日本", "    日本"]],
    ["keeps the gaps between columns", "key    value that is long", 16, ["key    value", "    that is long"]],
  ])("%s", (_, line, columns, folded) => {
    expect(foldLine(line, columns)).toEqual(folded);
  });

  test("no word is lost, whatever the width", () => {
    const line = "  reset 6 of 6 breakers, 4 of 4 in group deepseek · key-breakers · reach all";
    for (let columns = 1; columns < 100; columns++) {
      expect(foldLine(line, columns).join(" ").trim().split(/\s+/)).toEqual(line.trim().split(/\s+/));
    }
  });
});
