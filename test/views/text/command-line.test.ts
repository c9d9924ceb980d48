import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { commandLine } from "../../../src/views/text/command-line.ts";

describe("commandLine", () => {
  it.each([
    [["deepseek/deepseek-1"], "cbctl reset deepseek/deepseek-1"],
    [["group/*"], "cbctl reset 'group/*'"],
    [["--all"], "cbctl reset -- --all"],
    [["it's; rm -rf ~"], "cbctl reset 'it'\\''s; rm -rf ~'"],
    [["決済"], "cbctl reset '決済'"],
    [[""], "cbctl reset ''"],
    [[], "cbctl reset"],
  ])("%j: %s", (operands, line) => {
    expect(commandLine(["cbctl", "reset"], operands)).toBe(line);
  });

  it("is read by a shell as the words it was made of", () => {
    const hostile = ["$(id)", "`id`", "a b", "it's", '"', "\\", "!x", "*", "~", "&& true", "#"];
    const line = commandLine(["printf", "%s\\n"], hostile);
    expect(execFileSync("/bin/sh", ["-c", line], { encoding: "utf8" })).toBe(`${hostile.join("\n")}\n`);
  });
});
