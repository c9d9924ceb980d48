import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cbctl } from "../support/cbctl.ts";
import { type RunningSandbox, startSandbox } from "../support/sandbox.ts";

const README = new URL("../../README.md", import.meta.url).pathname;
const text = readFileSync(README, "utf8");
const [, tour = ""] = /<!-- begin tour -->([\s\S]*)<!-- end tour -->/.exec(text) ?? [];
const scenes = [...tour.matchAll(/```console\n\$ (cbctl .*)\n([\s\S]*?)```/g)].map(
  ([, line = "", output = ""]) => ({
    line,
    output,
  }),
);

let folder: string;
let sandbox: RunningSandbox;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cbctl-readme-"));
  sandbox = await startSandbox(folder, ["--scenario", "one-open", "--time-scale", "1m=1s"]);
});

afterAll(async () => {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The words of a command line as a shell has them, as far as the README needs it. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
}

/** What differs from run to run: ports, ids, times, who runs it, and the widths of columns that follow from them. */
function masked(output: string): string {
  return output
    .replace(/127\.0\.0\.1:\d+/g, "ADDRESS")
    .replace(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, "ID")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME")
    .replace(/\S+ on \S+/g, "WHO")
    .replace(/ +/g, " ");
}

test("the tour of the README is what these commands print", async () => {
  let now = text;
  for (const { line, output } of scenes) {
    const ran = await cbctl(wordsOf(line).slice(1), { env: { HOME: folder, CBCTL_CONFIG: sandbox.config } });
    expect({ line, code: ran.code, stderr: ran.stderr }).toEqual({ line, code: 0, stderr: "" });
    if (masked(ran.stdout) !== masked(output))
      now = now.replace(`$ ${line}\n${output}`, `$ ${line}\n${ran.stdout}`);
  }
  expect(scenes.length).toBeGreaterThan(5);
  // `npx vitest run test/package/readme.test.ts -u` writes what they print now.
  await expect(now).toMatchFileSnapshot(README);
});
