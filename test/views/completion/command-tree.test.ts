import { expect, test } from "vitest";
import { commandTree } from "../../../src/cli/command-tree.ts";
import { COMMANDS, GROUPS } from "../../../src/cli/commands.ts";
import { sharedOptions, takesFile, wordsAfter } from "../../../src/views/completion/command-tree.ts";

const tree = await commandTree();

test("holds every command, and every group that gathers some", () => {
  expect(tree.commands.map(({ path }) => path)).toEqual(COMMANDS.map(({ path }) => path));
  expect(tree.groups.map(({ path }) => path)).toEqual(Object.keys(GROUPS));
  for (const { path } of tree.groups) expect(wordsAfter(tree, path).length, path).toBeGreaterThan(0);
});

test("the first words are the commands and groups, each once, in the order of the help", () => {
  const words = wordsAfter(tree, "");
  expect(new Set(words.map(({ word }) => word)).size).toBe(words.length);
  expect(words.slice(0, 2)).toEqual([
    { word: "status", summary: "breakers, worst first" },
    { word: "describe", summary: "one breaker in full, and what happens next" },
  ]);
  expect(words).toContainEqual({ word: "audit", summary: GROUPS.audit });
});

test.each([
  { path: "audit", words: ["list", "show", "verify", "reconcile", "export"] },
  { path: "help", words: ["exit-codes"] },
  { path: "status", words: [] },
])("after '$path' come $words", ({ path, words }) => {
  expect(wordsAfter(tree, path).map(({ word }) => word)).toEqual(words);
});

test("an option is told with its names, its value and its choices", () => {
  const status = tree.commands.find(({ path }) => path === "status");
  expect(status?.options.find(({ names }) => names.includes("--by"))).toEqual({
    names: ["--by"],
    value: "what",
    description: "one row for each",
    default: null,
    choices: ["instance", "group"],
    repeatable: false,
    heading: "Options",
  });
  expect(status?.options.find(({ names }) => names.includes("-A"))).toMatchObject({
    names: ["-A", "--all-contexts"],
    value: null,
  });
});

test("options of every command are told once, without the choices that differ", () => {
  const shared = sharedOptions(tree);
  expect(new Set(shared.map(({ names }) => names.join())).size).toBe(shared.length);
  expect(shared.find(({ names }) => names.includes("--output"))).toMatchObject({
    choices: [],
    value: "format",
  });
  expect(shared.some(({ names }) => names.includes("--yes"))).toBe(false);
});

test.each([
  { name: "file", files: true },
  { name: "name", files: false },
  { name: null, files: false },
])("a value called $name takes files: $files", ({ name, files }) => {
  expect(takesFile(name)).toBe(files);
});
