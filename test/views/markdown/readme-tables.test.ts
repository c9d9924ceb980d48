import { expect, test } from "vitest";
import { commandTree } from "../../../src/cli/command-tree.ts";
import { EXIT_CODES } from "../../../src/domain/errors.ts";
import { commandReference } from "../../../src/views/markdown/command-reference.ts";
import { markdownTable } from "../../../src/views/markdown/markdown-table.ts";
import { fillMarkers, readmeTables } from "../../../src/views/markdown/readme-tables.ts";

const tree = await commandTree();

test("a table escapes the bars in its cells", () => {
  expect(markdownTable(["a", "b"], [["x|y", ""]])).toBe("| a | b |\n| --- | --- |\n| x\\|y |  |");
});

test.each([
  {
    text: "<!-- begin a -->\nold\n<!-- end a -->\ntail",
    filled: "<!-- begin a -->\nnew\n<!-- end a -->\ntail",
  },
  { text: "<!-- begin a --><!-- end a -->", filled: "<!-- begin a -->\nnew\n<!-- end a -->" },
])("fills what stands between markers", ({ text, filled }) => {
  expect(fillMarkers(text, { a: "new" })).toBe(filled);
  expect(fillMarkers(filled, { a: "new" })).toBe(filled);
});

test.each(["nothing", "<!-- end a --> <!-- begin a -->", "<!-- begin a -->"])("refuses '%s'", (text) => {
  expect(() => fillMarkers(text, { a: "new" })).toThrow('no "<!-- begin a -->" … "<!-- end a -->"');
});

test("the README's tables name every command and every exit code", () => {
  const tables = readmeTables(tree);
  for (const { path, summary } of tree.commands) {
    expect(tables.commands).toMatch(
      new RegExp(`^\\| \`cbctl ${path}[ \`].* \\| ${summary.replace("?", "\\?")} \\|$`, "m"),
    );
  }
  for (const { code, meaning } of EXIT_CODES)
    expect(tables["exit codes"]).toContain(`| ${code} | ${meaning} |`);
});

test("the reference has a section for each command with every option of its own", () => {
  const reference = commandReference(tree);
  for (const { path, options } of tree.commands) {
    const section = reference.split(/^## /m).find((each) => each.startsWith(`cbctl ${path}\n`)) ?? "";
    expect(section, path).toContain(`cbctl ${path}`);
    for (const { names, heading } of options) {
      if (heading === "Options") expect(section, path).toContain(`\`${names.join(", ")}`);
    }
  }
  for (const name of ["--timeout <duration>", "--dry-run", "-o, --output <format>"]) {
    expect(reference.split(`\`${name}\``), name).toHaveLength(2);
  }
});
