import { describe, expect, test } from "vitest";
import { COMMANDS, GROUPS } from "../../src/cli/commands.ts";
import { commandFirst } from "../../src/cli/program.ts";
import { jsonOf, runCbctl } from "../support/fake-host.ts";

describe("commandFirst", () => {
  test.each([
    ["status", "status"],
    ["-v status k1", "status -v k1"],
    ["--context prod status", "status --context prod"],
    ["--context=prod status", "status --context=prod"],
    ["-o json --timeout 5s status", "status -o json --timeout 5s"],
    ["--no-color context list", "context list --no-color"],
    ["--context prod audit show 01JD", "audit show --context prod 01JD"],
    ["help", "--help"],
    ["help status", "status --help"],
    ["help context list", "context list --help"],
    ["help exit-codes -o json", "help exit-codes -o json"],
    ["--help", "--help"],
    ["", ""],
  ])("%s is %s", (typed, read) => {
    const words = (text: string) => text.split(" ").filter(Boolean);
    expect(commandFirst(words(typed))).toEqual(words(read));
  });
});

describe("help", () => {
  test.each([[["--help"]], [["-h"]], [["help"]]])("%o names every command, on stdout", async (argv) => {
    const ran = await runCbctl(argv);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    for (const { path } of COMMANDS)
      expect(ran.stdout).toMatch(new RegExp(`^ +${path.split(" ")[0]}\\b`, "m"));
  });

  test.each(
    COMMANDS.filter(({ path }) => path !== "help exit-codes").map(({ path, summary }) => [path, summary]),
  )("of %s says what it is for", async (path, summary) => {
    const ran = await runCbctl([...path.split(" "), "--help"]);
    expect(ran).toMatchObject({ code: 0, stderr: "", requests: [] });
    expect(ran.stdout.replace(/\s+/g, " ")).toContain(summary);
    expect(ran.stdout).toContain(`cbctl ${path}`);
  });

  test.each(["reset", "trip", "release", "enable", "disable", "patch", "undo"])(
    "of %s names the options of every change",
    async (verb) => {
      const { stdout } = await runCbctl([verb, "--help"]);
      for (const option of [
        "--yes",
        "--confirm",
        "--reason",
        "--incident",
        "--dry-run",
        "--hold",
        "--max",
        "--force",
        "--context",
        "--timeout",
      ]) {
        expect(stdout).toContain(option);
      }
    },
  );

  test.each(Object.keys(GROUPS).filter((group) => group !== "help"))(
    "of the group %s names its commands",
    async (group) => {
      const { stdout, code } = await runCbctl([group, "--help"]);
      expect(code).toBe(0);
      for (const { path } of COMMANDS.filter(({ path }) => path.startsWith(`${group} `))) {
        expect(stdout).toMatch(new RegExp(`^ +${path.split(" ")[1]}\\b`, "m"));
      }
    },
  );

  test("no line is wider than the terminal, but for examples and what cannot be broken", async () => {
    const { stdout } = await runCbctl(["--help"]);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(84);
  });
});

test.each(["-V", "--version"])("%s prints the version alone", async (flag) => {
  expect(await runCbctl([flag])).toMatchObject({ code: 0, stdout: "0.0.0-source\n", stderr: "" });
});

describe("a command line that says nothing sensible ends with 2", () => {
  test.each([
    [[], /Usage: cbctl/],
    [["context"], /Usage: cbctl context/],
    [["sttus"], /unknown command 'sttus'/],
    [["context", "lst"], /unknown command 'lst'/],
    [["status", "--forse"], /unknown option '--forse'/],
    [["status", "-o", "xml"], /Allowed choices are table, wide, json, yaml/],
    [["describe"], /missing required argument 'key'/],
    [["describe", "a", "b"], /too many arguments/],
    [["schema", "System", "extra"], /too many arguments/],
    [["status", "--timeout"], /argument missing/],
  ])("%o", async (argv, said) => {
    const ran = await runCbctl(argv);
    expect(ran).toMatchObject({ code: 2, stdout: "", requests: [] });
    expect(ran.stderr).toMatch(said);
  });

  test.each([["-o", "json"], ["-ojson"], ["--output", "json"], ["--output=json"]])(
    "and says so as JSON: %s %s",
    async (...flags) => {
      const ran = await runCbctl(["status", "--forse", ...flags.filter((flag) => typeof flag === "string")]);
      expect(ran.code).toBe(2);
      expect(jsonOf(ran)).toMatchObject({
        error: { exitCode: 2, code: "usage", message: expect.stringContaining("--forse") },
      });
    },
  );
});

test("a bug is told as one: exit 1, and a stack only with -v", async () => {
  const serve = () => {
    throw new TypeError("x is not a function");
  };
  const argv = ["status", "--system", "acme", "--admin-url", "http://a"];
  const ran = await runCbctl([...argv, "-o", "json"], { serve });
  expect(ran.code).toBe(1);
  expect(jsonOf(ran)).toMatchObject({
    error: { exitCode: 1, code: "internal", message: "cbctl failed: x is not a function" },
  });
  expect(ran.stderr).not.toContain("program.test.ts");
  expect((await runCbctl([...argv, "-v"], { serve })).stderr).toContain("program.test.ts");
});

test("every command has a name of its own, a summary, and can be loaded", async () => {
  expect(new Set(COMMANDS.map(({ path }) => path)).size).toBe(COMMANDS.length);
  for (const { path, summary, load } of COMMANDS) {
    expect(summary, path).toMatch(/^\S.*[^.]$/);
    const spec = await load();
    expect("run" in spec || "text" in spec, path).toBe(true);
    if (path.includes(" ")) expect(Object.keys(GROUPS)).toContain(path.split(" ")[0]);
  }
});
