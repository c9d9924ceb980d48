import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandTree } from "../../src/cli/command-tree.ts";
import { commandFirst } from "../../src/cli/program.ts";
import type { CommandLeaf } from "../../src/views/completion/command-tree.ts";

const tree = await commandTree();
const noted = readFileSync(process.env.CBCTL_COMMAND_LINES ?? "/dev/null", "utf8");
const lines = noted
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => commandFirst(JSON.parse(line) as string[]));

/** `--output`, `--output=json`, `-o` and `-ojson` all name the option. */
function names(word: string, name: string): boolean {
  return (
    word === name ||
    word.startsWith(`${name}=`) ||
    (name.length === 2 && word.startsWith(name) && word[1] !== "-")
  );
}

function ran(line: readonly string[], { path }: CommandLeaf): boolean {
  return line.slice(0, path.split(" ").length).join(" ") === path;
}

const own = tree.commands.flatMap((leaf) =>
  leaf.options.filter(({ heading }) => heading === "Options").map((option) => ({ leaf, option })),
);
const ofMany = new Map(
  tree.commands
    .flatMap(({ options }) => options)
    .filter(({ heading }) => heading !== "Options")
    .map((option) => [option.names.join(", "), option.names]),
);

test.each(tree.commands.map((leaf) => ({ leaf, path: leaf.path })))(
  "an end-to-end test runs cbctl $path",
  ({ leaf }) => {
    expect(lines.some((line) => ran(line, leaf))).toBe(true);
  },
);

test.each(
  own.map(({ leaf, option }) => ({ leaf, option, named: `${leaf.path} ${option.names.join(", ")}` })),
)("an end-to-end test runs cbctl $named", ({ leaf, option }) => {
  const uses = (line: readonly string[]) =>
    line.some((word) => option.names.some((name) => names(word, name)));
  expect(lines.some((line) => ran(line, leaf) && uses(line))).toBe(true);
});

test.each([...ofMany])("an end-to-end test uses %s", (_, all) => {
  expect(lines.some((line) => line.some((word) => all.some((name) => names(word, name))))).toBe(true);
});

test.each(["--help", "--version"])("an end-to-end test runs cbctl %s", (name) => {
  expect(lines.some((line) => line.includes(name))).toBe(true);
});
