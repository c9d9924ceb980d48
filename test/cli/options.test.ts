import { describe, expect, test } from "vitest";
import { CHANGE_OPTIONS, GLOBAL_OPTIONS, optionsOf } from "../../src/cli/options.ts";
import { colorWanted } from "../../src/cli/output.ts";

describe("optionsOf", () => {
  const options = optionsOf({
    yes: true,
    color: false,
    output: "json",
    group: ["x", "y"],
    hold: "3s",
    max: "7",
    adminUrl: "no list",
  });

  test("reads each by the type it is meant to have", () => {
    expect([options.flag("yes"), options.flag("no"), options.flag("output")]).toEqual([true, false, false]);
    expect([options.off("color"), options.off("input"), options.off("yes")]).toEqual([true, false, false]);
    expect([options.text("output"), options.text("yes"), options.text("none")]).toEqual(["json", null, null]);
    expect([options.list("group"), options.list("adminUrl"), options.list("none")]).toEqual([
      ["x", "y"],
      [],
      [],
    ]);
    expect([options.duration("hold"), options.duration("none")]).toEqual([3_000, null]);
    expect([options.count("max"), options.count("none")]).toEqual([7, null]);
  });

  test.each([
    ["0", 0],
    ["0s", 0],
    ["500ms", 500],
    ["1m30s", 90_000],
  ])("--hold %s is %i ms", (hold, ms) => {
    expect(optionsOf({ hold }).duration("hold")).toBe(ms);
  });

  test.each(["3", "", "soon", "-1s"])(
    "a duration %o names its option by the words it was typed with",
    (text) => {
      expect(() => optionsOf({ timeScale: text }).duration("timeScale")).toThrow(
        expect.objectContaining({ code: "usage", message: `--time-scale: "${text}" is not a duration` }),
      );
    },
  );

  test.each(["", "-1", "1.5", "many", "9999999999"])("a count %o is a usage error", (text) => {
    expect(() => optionsOf({ max: text }).count("max")).toThrow(
      expect.objectContaining({ code: "usage", message: `--max: "${text}" is not a whole number` }),
    );
  });
});

test("no two options of a change share a name", () => {
  const names = [...GLOBAL_OPTIONS, ...CHANGE_OPTIONS].flatMap(
    ({ flags }) => flags.match(/--?[a-z][\w-]*/gi) ?? [],
  );
  expect(new Set(names).size).toBe(names.length);
});

describe("colour", () => {
  test.each([
    ["at a terminal", {}, {}, true, true],
    ["in a pipe", {}, {}, false, false],
    ["--no-color", { color: false }, { FORCE_COLOR: "1" }, true, false],
    ["NO_COLOR", {}, { NO_COLOR: "1" }, true, false],
    ["NO_COLOR that is empty says nothing", {}, { NO_COLOR: "" }, true, true],
    ["NO_COLOR beats FORCE_COLOR", {}, { NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    ["FORCE_COLOR in a pipe", {}, { FORCE_COLOR: "1" }, false, true],
    ["FORCE_COLOR=0", {}, { FORCE_COLOR: "0" }, true, false],
    ["FORCE_COLOR=false", {}, { FORCE_COLOR: "false" }, true, false],
    ["a dumb terminal", {}, { TERM: "dumb" }, true, false],
  ])("%s", (_, options, env, isTerminal, wanted) => {
    expect(colorWanted({ env }, optionsOf(options), isTerminal)).toBe(wanted);
  });
});
