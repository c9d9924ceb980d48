import { describe, expect, test } from "vitest";
import { EXIT_CODES } from "../../src/domain/errors.ts";
import { jsonOf, runCbctl } from "../support/fake-host.ts";

describe("texts", () => {
  test.each(["System", "Config", "AlertRule", "BreakerList", "Error"])(
    "schema %s is a JSON Schema",
    async (kind) => {
      const ran = await runCbctl(["schema", kind]);
      expect(ran.code).toBe(0);
      expect(JSON.parse(ran.stdout)).toMatchObject({ $schema: expect.stringContaining("json-schema.org") });
    },
  );

  test("schema of nothing known names near ones", async () => {
    expect(await runCbctl(["schema", "Sistem"])).toMatchObject({
      code: 2,
      stdout: "",
      stderr: expect.stringContaining("did you mean System"),
    });
  });

  test("completion gives the shell's script on; without one the installation is broken", async () => {
    const own = new Map([["/package/completions/cbctl.bash", "complete -F _cbctl cbctl\n"]]);
    expect(await runCbctl(["completion", "bash"], { files: own })).toMatchObject({
      code: 0,
      stdout: "complete -F _cbctl cbctl\n",
    });
    expect((await runCbctl(["completion", "zsh"], { files: own })).code).toBe(1);
    expect((await runCbctl(["completion", "tcsh"], { files: own })).code).toBe(2);
  });

  test("help exit-codes prints the table of the code", async () => {
    expect(jsonOf(await runCbctl(["help", "exit-codes", "-o", "json"]))).toMatchObject({
      exitCodes: EXIT_CODES,
    });
    const { stdout } = await runCbctl(["help", "exit-codes"]);
    for (const { code, meaning } of EXIT_CODES) {
      expect(stdout).toMatch(new RegExp(`^\\s*${code}\\b`, "m"));
      expect(stdout.replace(/\s+/g, " ")).toContain(meaning.slice(0, 20));
    }
  });
});
