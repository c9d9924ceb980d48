import { describe, expect, test } from "vitest";
import { breakerName } from "../../src/domain/breaker.ts";
import { CbctlError } from "../../src/domain/errors.ts";
import { readFleet } from "../../src/engine/read-fleet.ts";
import { selectBreakers, selectOne } from "../../src/engine/select-breakers.ts";
import { fakeContext } from "./fake-context.ts";
import { breaker, fakeFleet } from "./fake-fleet.ts";

const BREAKERS = [
  breaker("k1", "open", { group: "x" }),
  breaker("k2", "closed", { group: "x" }),
  breaker("k1", "closed", { group: "y" }),
  breaker("k3", "closed", { group: "y" }),
  breaker("alone", "closed"),
];

function fleetOf(dead: readonly string[] = [], breakers = BREAKERS) {
  const fleet = fakeFleet({ a: breakers, ...Object.fromEntries(dead.map((name) => [name, []])) });
  fleet.reading = (instance) => {
    if (dead.includes(instance)) throw new CbctlError("unreachable", "down");
    return undefined;
  };
  return readFleet(fakeContext(fleet).context);
}

describe("selectBreakers", () => {
  test.each([
    ["all", [], true, [], ["x/k1", "alone", "x/k2", "y/k1", "y/k3"], true, true],
    ["a whole name", ["x/k1"], false, [], ["x/k1"], false, false],
    ["a key that stands in one group", ["k2"], false, [], ["x/k2"], false, false],
    ["a key and its group", ["k1"], false, ["y"], ["y/k1"], true, false],
    ["a key without a group", ["alone"], false, [], ["alone"], false, false],
    ["several, the worst first, each once", ["k3", "x/k1", "k3"], false, [], ["x/k1", "y/k3"], false, false],
    ["a pattern over keys", ["k*"], false, [], ["x/k1", "x/k2", "y/k1", "y/k3"], true, false],
    ["a pattern over whole names", ["y/*"], false, [], ["y/k1", "y/k3"], true, false],
    [
      "a pattern that takes every one is not --all",
      ["*"],
      false,
      [],
      ["x/k1", "alone", "x/k2", "y/k1", "y/k3"],
      true,
      false,
    ],
    ["a group", [], true, ["x"], ["x/k1", "x/k2"], true, false],
    ["groups", [], true, ["x", "y"], ["x/k1", "x/k2", "y/k1", "y/k3"], true, false],
  ] as const)("%s", async (_, patterns, all, groups, names, isBroad, isWholeContext) => {
    const selected = selectBreakers(await fleetOf(), { patterns, all, groups });
    expect(selected.breakers.map(breakerName)).toEqual(names);
    expect(selected).toMatchObject({ isBroad, isWholeContext });
  });

  test.each([
    ["an unknown key", ["k9"], [], "unknown-name", 'no breaker "k9"', null, "did you mean k1 or k2 or k3?"],
    ["a pattern that takes none", ["z*"], [], "unknown-name", 'no breaker matches "z*"', null, /^known: /],
    [
      "a key of several groups",
      ["k1"],
      [],
      "usage",
      '"k1" stands in more than one group',
      "x/k1, y/k1",
      "name the group as well: group/key",
    ],
    ["an unknown group", [], ["z"], "unknown-name", 'no group "z"', null, "did you mean x or y?"],
    [
      "a key that stands in another group",
      ["k2"],
      ["y"],
      "unknown-name",
      'no breaker "k2"',
      null,
      /did you mean k2/,
    ],
  ] as const)("%s is refused", async (_, patterns, groups, code, message, reason, hint) => {
    const fleet = await fleetOf();
    expect(() => selectBreakers(fleet, { patterns, groups, all: patterns.length === 0 })).toThrow(
      expect.objectContaining({
        code,
        message,
        reason,
        hint: typeof hint === "string" ? hint : expect.stringMatching(hint),
      }),
    );
  });

  test("says that a key may stand where nobody could look, or that there are none yet", async () => {
    const select = { patterns: ["k9"], groups: [], all: false };
    const partly = await fleetOf(["b", "c"]);
    expect(() => selectBreakers(partly, select)).toThrow(
      expect.objectContaining({ reason: "2 of 3 instances could not be read" }),
    );
    const empty = await fleetOf([], []);
    expect(() => selectBreakers(empty, select)).toThrow(
      expect.objectContaining({
        reason: expect.stringContaining("no breakers are registered yet"),
        hint: "cbctl status lists the breakers",
      }),
    );
  });
});

describe("selectOne", () => {
  test("takes a pattern that is of one", async () => {
    expect(breakerName(selectOne(await fleetOf(), "al*"))).toBe("alone");
  });

  test("refuses one that is of several, naming them", async () => {
    const fleet = await fleetOf();
    expect(() => selectOne(fleet, "y/*")).toThrow(
      expect.objectContaining({ code: "usage", message: '"y/*" matches 2 breakers', reason: "y/k1, y/k3" }),
    );
  });
});
