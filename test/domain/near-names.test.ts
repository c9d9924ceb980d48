import { describe, expect, test } from "vitest";
import { nearNames, nearNamesHint } from "../../src/domain/near-names.ts";

const KEYS = ["deepseek-1", "deepseek-2", "openai-1", "anthropic-1", "mistral-1"];

describe("nearNames", () => {
  test.each([
    ["one letter missing", "depseek-1", ["deepseek-1", "deepseek-2"]],
    ["neighbours swapped", "opneai-1", ["openai-1"]],
    ["another case", "OPENAI-1", ["openai-1"]],
    ["a part of it", "anthropic", ["anthropic-1"]],
    ["more than the name", "mistral-1-eu", ["mistral-1"]],
    ["nothing like any", "zzz", []],
    ["too short to be a part", "a", []],
  ])("%s", (_, wrong, near) => {
    expect(nearNames(wrong, KEYS)).toEqual(near);
  });

  test("names at most three, the nearest first, each once", () => {
    expect(nearNames("key-1", ["key-4", "key-3", "key-2", "key-11", "key-2", "kex-1"])).toEqual([
      "key-11",
      "kex-1",
      "key-2",
    ]);
  });

  test("a name is nearest to itself", () => {
    for (const key of KEYS) expect(nearNames(key, KEYS)[0]).toBe(key);
  });
});

describe("nearNamesHint", () => {
  test("asks for what may have been meant", () => {
    expect(nearNamesHint("depseek-1", KEYS)).toBe("did you mean deepseek-1 or deepseek-2?");
  });

  test("else lists what is known, when that is little", () => {
    expect(nearNamesHint("zzz", KEYS)).toBe(
      "known: deepseek-1, deepseek-2, openai-1, anthropic-1, mistral-1",
    );
    expect(nearNamesHint("zzz", [])).toBeUndefined();
    expect(
      nearNamesHint(
        "zzz",
        Array.from({ length: 13 }, (_, index) => `breaker-${index}`),
      ),
    ).toBeUndefined();
  });
});
