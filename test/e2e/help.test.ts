import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { COMMANDS, GROUPS } from "../../src/cli/commands.ts";
import { schemaKinds } from "../../src/documents/schema.ts";
import type { ExitCodeList } from "../../src/domain/answers.ts";
import { EXIT_CODES } from "../../src/domain/errors.ts";
import { BIN, cbctl, cleanEnvironment, json, temporaryFolder } from "../support/cbctl.ts";

const PACKAGE = join(BIN, "../..");
const { version } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")) as { version: string };

describe("version and help", () => {
  test.each(["--version", "-V"])("%s", async (flag) => {
    expect(await cbctl([flag])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test.each([[["--help"]], [["-h"]], [["help"]]])("%j names every command", async (argv) => {
    const ran = await cbctl(argv);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    for (const { path } of COMMANDS) expect(ran.stdout).toMatch(new RegExp(`^  ${path.split(" ")[0]} `, "m"));
  });

  test("without a command the help goes to stderr: 2", async () => {
    const ran = await cbctl([]);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain("Usage: cbctl");
  });

  test.each(Object.keys(GROUPS).filter((group) => group !== "help"))(
    "%s alone lists its commands: 2",
    async (group) => {
      const ran = await cbctl([group]);
      expect([ran.code, ran.stdout]).toEqual([2, ""]);
      for (const { path } of COMMANDS.filter((entry) => entry.path.startsWith(`${group} `))) {
        expect(ran.stderr).toContain(path.split(" ")[1]);
      }
    },
  );

  test.each(COMMANDS.map(({ path, summary }) => [path, summary]))("%s --help", async (path, summary) => {
    const ran = await cbctl([...path.split(" "), "--help"]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain(`Usage: cbctl ${path}`);
    expect(ran.stdout).toContain(summary);
    expect(Math.max(...ran.stdout.split("\n").map(({ length }) => length))).toBeLessThan(125);
  });

  test("help COMMAND is COMMAND --help", async () => {
    const [asked, flagged] = await Promise.all([
      cbctl(["help", "context", "add"]),
      cbctl(["context", "add", "--help"]),
    ]);
    expect(asked.stdout).toBe(flagged.stdout);
  });
});

describe("help exit-codes", () => {
  test("has the one table of the code", async () => {
    const ran = await cbctl(["help", "exit-codes", "-o", "json"]);
    expect(json<ExitCodeList>(ran).exitCodes).toEqual(EXIT_CODES);
  });

  test("as text, a line a code", async () => {
    const lines = (await cbctl(["help", "exit-codes"])).stdout.split("\n");
    for (const { code, meaning } of EXIT_CODES)
      expect(lines.some((line) => line.trim().startsWith(`${code} `) && line.endsWith(meaning))).toBe(true);
  });
});

describe("what is mistyped", () => {
  test.each([
    [["statsu"], "status"],
    [["context", "lst"], "list"],
    [["status", "--contxt", "x"], "--context"],
    [["status", "--fail-onn", "any-open"], "--fail-on"],
  ])("%j is answered with what was meant: 2", async (argv, meant) => {
    const ran = await cbctl(argv);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toContain(meant);
  });

  test.each([
    [["status", "-o", "xml"], "table, wide, json, yaml"],
    [["status", "--by", "moon"], "instance, group"],
    [["status", "--state", "ajar"], "half_open"],
    [
      ["status", "--timeout", "5", "--system", "gateway", "--admin-url", "http://127.0.0.1:1"],
      "5s|500ms|unit",
    ],
    [["status", "--timeout"], "argument missing"],
    [["describe"], "missing required argument"],
    [["schema", "Systm"], "System"],
    [["completion", "tcsh"], "bash, zsh, fish"],
    [["sandbox", "--scenario", "calm"], "healthy"],
    [["context", "use"], "missing required argument"],
    [["help", "exit-codes", "now"], "too many arguments|argument"],
  ])("%j says what is allowed: 2", async (argv, allowed) => {
    const ran = await cbctl(argv);
    expect([ran.code, ran.stdout]).toEqual([2, ""]);
    expect(ran.stderr).toMatch(new RegExp(allowed));
  });

  test.each([
    [["statsu", "-o", "json"]],
    [["status", "--nope", "-o", "json"]],
    [["status", "--by", "moon", "-ojson"]],
    [["status", "--by", "moon", "--output=json"]],
    [["describe", "--output", "json"]],
    [["-o", "json", "status", "--nope"]],
  ])("%j tells it as one JSON document", async (argv) => {
    const ran = await cbctl(argv);
    expect(ran.code).toBe(2);
    expect(json(ran)).toMatchObject({ error: { exitCode: 2, code: "usage" } });
  });

  test("options may stand before the command", async () => {
    const ran = await cbctl(["--config", "/nowhere.yaml", "-o", "json", "status"]);
    expect(json(ran)).toMatchObject({ error: { where: "/nowhere.yaml" } });
  });
});

describe("schema", () => {
  test.each(schemaKinds)("%s is a JSON Schema of draft 2020-12", async (kind) => {
    const ran = await cbctl(["schema", kind]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const schema = json(ran);
    expect(schema).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", title: kind });
    const ajv = new Ajv2020({ strict: false });
    expect(ajv.compile(schema)({ nothing: "of it" })).toBe(false);
  });

  test("the one of an answer accepts the answer", async () => {
    const [schema, answer] = await Promise.all([
      cbctl(["schema", "ExitCodeList"]),
      cbctl(["help", "exit-codes", "-o", "json"]),
    ]);
    expect(new Ajv2020({ strict: false }).validate(json(schema), json(answer))).toBe(true);
  });

  test("the one of errors accepts an error", async () => {
    const [schema, answer] = await Promise.all([cbctl(["schema", "Error"]), cbctl(["status", "-o", "json"])]);
    expect(answer.code).toBe(2);
    expect(new Ajv2020({ strict: false }).validate(json(schema), json(answer))).toBe(true);
  });
});

describe("completion", () => {
  test.each(["bash", "zsh", "fish"])("%s names every command", async (shell) => {
    const ran = await cbctl(["completion", shell]);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    for (const { path } of COMMANDS) {
      for (const word of path.split(" ")) expect(ran.stdout).toContain(word);
    }
  });

  test("that of bash completes a command, and an option", async () => {
    const { stdout: script } = await cbctl(["completion", "bash"]);
    const complete = (...words: string[]) => {
      const setup = `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); COMP_CWORD=${words.length - 1}`;
      const ask = `$(complete -p cbctl | sed 's/.*-F \\([^ ]*\\).*/\\1/') cbctl; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const line = words.join(" ");
      const env = {
        ...cleanEnvironment(temporaryFolder()),
        COMP_LINE: line,
        COMP_POINT: String(line.length),
      };
      const ran = spawnSync("bash", ["-c", `${script}\n${setup}\n${ask}`], { encoding: "utf8", env });
      return ran.stdout.split("\n").map((word) => word.trim());
    };
    expect(complete("cbctl", "descr")).toContain("describe");
    expect(complete("cbctl", "status", "--fail")).toContain("--fail-on");
    expect(complete("cbctl", "context", "l")).toContain("list");
  });
});

describe("a broken installation is a failure of cbctl itself: 1", () => {
  function copyOfPackage(): {
    readonly folder: string;
    readonly run: (...argv: string[]) => ReturnType<typeof runCopy>;
  } {
    const folder = temporaryFolder();
    for (const part of ["bin", "dist", "completions", "package.json"]) {
      cpSync(join(PACKAGE, part), join(folder, part), { recursive: true });
    }
    return { folder, run: (...argv) => runCopy(folder, argv) };
  }

  function runCopy(folder: string, argv: readonly string[]) {
    const env = cleanEnvironment(folder);
    return spawnSync(process.execPath, [join(folder, "bin/cbctl.js"), ...argv], { encoding: "utf8", env });
  }

  const status = ["status", "--system", "gateway", "--admin-url", "http://127.0.0.1:1", "-o", "json"];

  test("as a whole the copy works", () => {
    expect(copyOfPackage().run("--version").status).toBe(0);
  });

  test("without its knowledge", () => {
    const { folder, run } = copyOfPackage();
    rmSync(join(folder, "dist/knowledge"), { recursive: true });
    const ran = run(...status);
    expect(ran.status).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { exitCode: 1, code: "internal" } });
    expect(ran.stderr).toContain("install cbctl again");
  });

  test("with damaged knowledge, and a stack only where it is asked for", () => {
    const { folder, run } = copyOfPackage();
    writeFileSync(join(folder, "dist/knowledge/systems/gateway.json"), "{");
    const ran = run(...status);
    expect(ran.status).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({ error: { exitCode: 1, code: "internal" } });
    expect(ran.stderr).toContain("bug in cbctl");
    expect(ran.stderr).not.toMatch(/\n +at .*:\d+:\d+/);
    expect(run(...status, "-v").stderr).toMatch(/\n +at .*:\d+:\d+/);
  });

  test("without its completions", () => {
    const { folder, run } = copyOfPackage();
    rmSync(join(folder, "completions"), { recursive: true });
    expect(run("completion", "bash").status).toBe(1);
  });
});
