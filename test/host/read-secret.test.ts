import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { SecretSource } from "../../src/domain/config.ts";
import { CbctlError } from "../../src/domain/errors.ts";
import { createFiles } from "../../src/host/files.ts";
import { createProcesses } from "../../src/host/processes.ts";
import { readSecret, type SecretReader } from "../../src/host/read-secret.ts";
import { createRedactor } from "../../src/host/secrets.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";
import { expectFailure } from "./http-request.ts";

const newFolder = temporaryFolders();

function readerIn(
  folder: string,
  env: Record<string, string> = {},
  signal = new AbortController().signal,
): SecretReader {
  const places = {
    workingFolder: folder,
    packageFolder: folder,
    configFolder: "/c",
    stateFolder: "/s",
    cacheFolder: "/h",
  };
  const all = { PATH: process.env.PATH ?? "", ...env };
  const processes = createProcesses({ env: all, ...places, stdinIsTerminal: () => false });
  return { env: all, files: createFiles(), secrets: createRedactor(), places, processes, signal };
}

describe("a secret", () => {
  test.each<[string, SecretSource]>([
    ["from the environment", { env: "CB_TOKEN" }],
    ["from a file", { file: "token" }],
    ["from a command", { command: ["sh", "-c", "echo hunter2; echo warned >&2"] }],
  ])("%s is known to the redactor, without its line break", async (_, source) => {
    const folder = newFolder();
    writeFileSync(join(folder, "token"), "hunter2\r\n");
    const reader = readerIn(folder, { CB_TOKEN: "hunter2\n" });
    expect(await readSecret(source, reader)).toBe("hunter2");
    expect(reader.secrets.redact("<hunter2>")).toBe("<***>");
  });

  test("keeps the spaces and line breaks within", async () => {
    const reader = readerIn(newFolder(), { CB_TOKEN: " a b\nc \n" });
    expect(await readSecret({ env: "CB_TOKEN" }, reader)).toBe(" a b\nc ");
  });

  test("of an absolute file is read from there", async () => {
    const file = join(newFolder(), "token");
    writeFileSync(file, "hunter2");
    expect(await readSecret({ file }, readerIn("/"))).toBe("hunter2");
  });
});

describe("what gives no secret is named, never quoted", () => {
  test.each<[string, SecretSource, RegExp]>([
    ["a variable that is not set", { env: "CB_TOKEN" }, /the environment variable CB_TOKEN: it is not set/],
    ["an empty variable", { env: "EMPTY" }, /the environment variable EMPTY: it is empty/],
    ["a variable of blanks", { env: "BLANK" }, /BLANK: it is empty/],
    ["a file that is missing", { file: "nothing" }, /the file nothing: there is no such file/],
    ["a folder", { file: "folder" }, /the file folder: it is a folder/],
    ["an empty file", { file: "empty" }, /the file empty: it is empty/],
    [
      "a program that is nowhere",
      { command: ["cbctl-no-such-program", "hunter2"] },
      /cbctl-no-such-program: it is neither/,
    ],
    [
      "a command that fails",
      { command: ["sh", "-c", "echo hunter2; exit 4"] },
      /the command sh: it ended with exit code 4/,
    ],
    ["a command that says nothing", { command: ["true"] }, /the command true: it is empty/],
    ["no command", { command: [] }, /the command :/],
  ])("%s", async (_, source, words) => {
    const folder = newFolder();
    mkdirSync(join(folder, "folder"));
    writeFileSync(join(folder, "empty"), "");
    const error = await expectFailure(
      readSecret(source, readerIn(folder, { EMPTY: "", BLANK: " \n" })),
      "usage",
      words,
    );
    expect(error.hint).not.toBeNull();
    expect(`${error.message} ${error.reason} ${error.hint} ${error.where}`).not.toContain("hunter2");
  });
});

test("an interruption while a command runs is told as such", async () => {
  const controller = new AbortController();
  const reading = readSecret({ command: ["sleep", "600"] }, readerIn("/", {}, controller.signal));
  const failed = expectFailure(reading, "interrupted", /Ctrl-C/);
  controller.abort(new CbctlError("interrupted", "Ctrl-C"));
  await failed;
});
