import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import {
  completeInBash,
  completeInFish,
  completeInZsh,
  FISH,
  FISH_ENVIRONMENT,
  haveFish,
  haveZsh,
  ZSH,
} from "../../support/shells.ts";

const FOLDER = new URL("../../../completions/", import.meta.url).pathname;

const CASES: readonly { line: string; offers: readonly string[] }[] = [
  { line: "cbctl st", offers: ["status"] },
  { line: "cbctl context ", offers: ["add", "list", "show", "use"] },
  { line: "cbctl audit re", offers: ["reconcile"] },
  { line: "cbctl -o json sy", offers: ["system"] },
  { line: "cbctl --context prod --no-color aud", offers: ["audit"] },
  { line: "cbctl completion ", offers: ["bash", "fish", "zsh"] },
  { line: "cbctl status --by ", offers: ["group", "instance"] },
  { line: "cbctl describe k1 -o y", offers: ["yaml"] },
  { line: "cbctl status --fail", offers: ["--fail-on"] },
  { line: "cbctl reset --incident INC-1 --dry", offers: ["--dry-run"] },
  { line: "cbctl sandbox --scenario stuck", offers: ["stuck-half-open"] },
  { line: "cbctl trust package.j", offers: ["package.json"] },
  { line: "cbctl trust --config package.j", offers: ["package.json"] },
  { line: "cbctl status nothing-like-", offers: [] },
];

test.each(CASES)("bash offers $offers after '$line'", ({ line, offers }) => {
  expect(completeInBash(line)).toEqual(offers);
});

test("bash completes a value behind an equals sign", () => {
  expect(completeInBash("cbctl status --by=i")).toEqual(["instance"]);
  expect(completeInBash("cbctl status --output=")).toContain("junit");
});

describe.runIf(haveFish)("fish", () => {
  test("reads the script", () => {
    expect(
      execFileSync(FISH, ["--no-config", "-n", `${FOLDER}cbctl.fish`], {
        env: FISH_ENVIRONMENT,
        encoding: "utf8",
      }),
    ).toBe("");
  });

  test.each(CASES)("offers $offers after '$line'", ({ line, offers }) => {
    expect(completeInFish(line)).toEqual(offers);
  });
});

describe.runIf(haveZsh)("zsh", () => {
  test("reads the script", () => {
    expect(execFileSync(ZSH, ["-n", `${FOLDER}_cbctl`], { encoding: "utf8" })).toBe("");
  });

  test.each([
    { line: "cbctl context ", expected: /add +-- .*list +-- .*show +-- .*use +-- /s },
    { line: "cbctl -o json sy", expected: /system +-- what cbctl knows/ },
    { line: "cbctl status --by ", expected: /group +instance/ },
    { line: "cbctl status --by=in", expected: /instance/ },
    { line: "cbctl describe k1 -o y", expected: /yaml/ },
    { line: "cbctl reset --dry", expected: /--dry-run +-- show what/ },
    { line: "cbctl trust package.j", expected: /package\.json/ },
  ])("offers what fits after '$line'", async ({ line, expected }) => {
    await expect(completeInZsh(line, expected)).resolves.toMatch(expected);
  });
});
