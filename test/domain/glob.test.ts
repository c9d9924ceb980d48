import { expect, test } from "vitest";
import { matchesGlob } from "../../src/domain/glob.ts";

test.each([
  ["deepseek-1", "deepseek-1", true],
  ["deepseek-1", "deepseek-10", false],
  ["", "", true],
  ["", "a", false],
  ["*", "", true],
  ["*", "anything/at all", true],
  ["deepseek-*", "deepseek-1", true],
  ["deepseek-*", "openai-1", false],
  ["*-1", "deepseek-1", true],
  ["a*a", "a", false],
  ["a*a", "aa", true],
  ["a*b*c", "a-b-c", true],
  ["a*b*c", "acb", false],
  ["a*bc*c", "abc", false],
  ["**", "x", true],
  ["open.*", "openX", false],
  ["[ab]", "a", false],
  ["Open", "open", false],
])("%s against %s: %s", (pattern, text, matches) => {
  expect(matchesGlob(pattern, text)).toBe(matches);
});

test.each([
  ["Half*", "HALF_OPEN", true],
  ["OPEN", "open", true],
  ["OPEN", "opened", false],
])("without case, %s against %s: %s", (pattern, text, matches) => {
  expect(matchesGlob(pattern, text, true)).toBe(matches);
});

test("agrees with the same pattern as a regular expression, over all short texts", () => {
  const words = ["", "a", "b", "aa", "ab", "ba", "bb", "aab", "aba", "abb", "bab", "abab", "baba"];
  const patterns = words.flatMap((word) => [
    word,
    `*${word}`,
    `${word}*`,
    word.split("").join("*"),
    `*${word}*`,
    `a*${word}`,
  ]);
  for (const pattern of patterns) {
    const same = new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
    for (const text of words) expect(matchesGlob(pattern, text), `${pattern} ${text}`).toBe(same.test(text));
  }
});
