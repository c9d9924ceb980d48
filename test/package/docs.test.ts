import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url).pathname;
const pages = [
  "README.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const read = (page: string) => readFileSync(join(ROOT, page), "utf8");

const links = pages.flatMap((page) =>
  [...read(page).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, to = ""]) => ({ page, to })),
);

test.each(links)("$page links to $to, which is there", ({ page, to }) => {
  expect(existsSync(join(ROOT, page, "..", to))).toBe(true);
});

describe("docs/architecture.md", () => {
  const text = read("docs/architecture.md");

  test.each([
    ...new Set(
      [...text.matchAll(/`((?:[\w-]+\/)+[\w-]+\.(?:ts|js|yaml|cjs))`/g)].map(([, path = ""]) => path),
    ),
  ])("speaks of %s, which is there", (path) => {
    expect([ROOT, `${ROOT}src/`].some((folder) => existsSync(join(folder, path)))).toBe(true);
  });

  test("names every folder of src", () => {
    const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.filter(({ name }) => !text.includes(`\n  ${name}/ `))).toEqual([]);
  });
});

test("each decision says what was decided, why, and what it costs, in three lines", () => {
  const decisions = read("docs/decisions.md")
    .split("\n\n")
    .filter((part) => part.startsWith("**"));
  expect(decisions.length).toBeGreaterThan(15);
  expect(decisions.filter((part) => part.trim().split("\n").length !== 3)).toEqual([]);
});
