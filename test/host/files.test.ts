import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../../src/domain/errors.ts";
import { fileError } from "../../src/host/file-errors.ts";
import { createFiles } from "../../src/host/files.ts";
import { temporaryFolders } from "../support/temporary-folder.ts";
import { expectFailure } from "./http-request.ts";

const files = createFiles();
const newFolder = temporaryFolders();
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("writing whole", () => {
  test("makes folders and file for this user alone", async () => {
    const path = join(newFolder(), "a/b/file.txt");
    await files.writeText(path, "ü\n");
    expect([readFileSync(path, "utf8"), modeOf(path), modeOf(join(path, ".."))]).toEqual([
      "ü\n",
      "600",
      "700",
    ]);
    expect(readdirSync(join(path, ".."))).toEqual(["file.txt"]);
  });

  test("replaces what was there, and its mode", async () => {
    const path = join(newFolder(), "file");
    writeFileSync(path, "a long text that was here before", { mode: 0o644 });
    await files.writeText(path, "short");
    expect([readFileSync(path, "utf8"), modeOf(path)]).toEqual(["short", "600"]);
  });

  test("writes what a link points to", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "real"), "old");
    symlinkSync("real", join(folder, "link"));
    await files.writeText(join(folder, "link"), "new");
    expect(readFileSync(join(folder, "real"), "utf8")).toBe("new");
    expect(readdirSync(folder).sort()).toEqual(["link", "real"]);
  });

  test("leaves nothing behind when it fails", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "taken/inside"), { recursive: true });
    await expectFailure(
      files.writeText(join(folder, "taken"), "x"),
      "usage",
      /cannot write .*taken: it is a folder/,
    );
    expect(readdirSync(folder)).toEqual(["taken"]);
  });

  test("of many at once one is there in full", async () => {
    const path = join(newFolder(), "file");
    const texts = Array.from({ length: 20 }, (_, place) => String(place).repeat(50_000));
    await Promise.all(texts.map((text) => files.writeText(path, text)));
    expect(texts).toContain(readFileSync(path, "utf8"));
  });
});

describe("appending", () => {
  test("makes the file for this user alone and adds to its end", async () => {
    const path = join(newFolder(), "state/log");
    await files.appendFlushed(path, "one\n");
    await files.appendFlushed(path, "two\n");
    expect([readFileSync(path, "utf8"), modeOf(path)]).toEqual(["one\ntwo\n", "600"]);
  });

  test("blocks of many never mix", async () => {
    const path = join(newFolder(), "log");
    const blocks = Array.from(
      { length: 50 },
      (_, place) => `${String(place).padStart(3, "0").repeat(2_000)}\n`,
    );
    await Promise.all(blocks.map((block) => files.appendFlushed(path, block)));
    expect(
      readFileSync(path, "utf8")
        .split(/(?<=\n)/)
        .sort(),
    ).toEqual(blocks);
  });

  test("a full disk is named with its mend", async () => {
    const error = await expectFailure(
      files.appendFlushed("/dev/full", "x"),
      "no-storage",
      /cannot append to \/dev\/full: the disk is full/,
    );
    expect([error.hint, error.where]).toEqual([expect.stringMatching(/free some space/), "/dev/full"]);
  });
});

describe("reading", () => {
  test.each([
    [0, "0123456789"],
    [4, "456789"],
    [10, ""],
    [99, ""],
  ])("from byte %i", async (offset, expected) => {
    const path = join(newFolder(), "file");
    writeFileSync(path, "0123456789");
    expect((await files.readFrom(path, offset)).toString()).toBe(expected);
  });

  test("what is missing is no error", async () => {
    const path = join(newFolder(), "nothing");
    expect(await files.readText(path)).toBeNull();
    expect(await files.readFrom(path, 5)).toHaveLength(0);
    expect(await files.listFolder(path)).toEqual([]);
    expect(await files.isOnlyOurs(path)).toBe(false);
    await expect(files.remove(path)).resolves.toBeUndefined();
  });

  test("names of a folder are in order", async () => {
    const folder = newFolder();
    for (const name of ["b", "a", "c"]) writeFileSync(join(folder, name), "");
    expect(await files.listFolder(folder)).toEqual(["a", "b", "c"]);
  });

  test.each<[string, (folder: string) => Promise<unknown>, RegExp]>([
    ["a folder as a file", (folder) => files.readText(folder), /cannot read .*: it is a folder/],
    [
      "a file as a folder",
      (folder) => files.readText(join(folder, "file/x")),
      /a part of the path is a file/,
    ],
    [
      "a file as a folder to write in",
      (folder) => files.writeText(join(folder, "file/x"), ""),
      /a part of the path is a file/,
    ],
    ["a file as a folder to list", (folder) => files.listFolder(join(folder, "file")), /cannot list/],
    ["links in a circle", (folder) => files.readText(join(folder, "circle")), /links lead in a circle/],
    ["a name without an end", (folder) => files.readText(join(folder, "x".repeat(300))), /name is too long/],
  ])("%s is the user's mistake", async (_, work, words) => {
    const folder = newFolder();
    writeFileSync(join(folder, "file"), "");
    symlinkSync("circle", join(folder, "circle"));
    await expectFailure(work(folder), "usage", words);
  });
});

describe("trouble of the disk, in words", () => {
  test.each<[string, ErrorCode, string]>([
    ["ENOSPC", "no-storage", "the disk is full"],
    ["EDQUOT", "no-storage", "the disk quota is used up"],
    ["EROFS", "no-storage", "the file system is read-only"],
    ["EACCES", "no-storage", "permission denied"],
    ["EPERM", "no-storage", "permission denied"],
    ["EMFILE", "no-storage", "too many files are open"],
    ["EIO", "no-storage", "EIO: it failed"],
    ["EISDIR", "usage", "it is a folder"],
  ])("%s is %s: %s", (code, errorCode, reason) => {
    const error = fileError("write", "/x/y", Object.assign(new Error(`${code}: it failed`), { code }));
    expect(error).toMatchObject({ code: errorCode, message: "cannot write /x/y", reason, where: "/x/y" });
    expect(error.hint).not.toBeNull();
  });

  test("the kernel's own refusal", async () => {
    await expectFailure(files.writeText("/proc/cbctl/x", ""), "no-storage", /cannot write \/proc\/cbctl\/x/);
  });
});

describe("a file that only this user can write", () => {
  const cases: [string, (path: string, folder: string) => void, boolean][] = [
    ["as it was made", () => {}, true],
    ["readable by all", (path) => chmodSync(path, 0o644), true],
    ["writable by its group", (path) => chmodSync(path, 0o620), false],
    ["writable by all", (path) => chmodSync(path, 0o602), false],
    ["in a folder writable by all", (_, folder) => chmodSync(folder, 0o777), false],
  ];
  test.each(cases)("%s: %#", async (_, change, expected) => {
    const folder = newFolder();
    const path = join(folder, "file");
    await files.writeText(path, "x");
    change(path, folder);
    expect(await files.isOnlyOurs(path)).toBe(expected);
  });

  test.runIf(process.getuid?.() === 0)("of another user is not", async () => {
    const path = join(newFolder(), "file");
    await files.writeText(path, "x");
    chownSync(path, 1234, 1234);
    expect(await files.isOnlyOurs(path)).toBe(false);
  });

  test("behind a link counts with both of its folders", async () => {
    const [safe, open] = [newFolder(), newFolder()];
    await files.writeText(join(safe, "file"), "x");
    symlinkSync(join(safe, "file"), join(open, "link"));
    expect(await files.isOnlyOurs(join(open, "link"))).toBe(true);
    chmodSync(open, 0o777);
    expect(await files.isOnlyOurs(join(open, "link"))).toBe(false);
  });
});

test("a temporary folder is new, this user's alone, and can be removed with all in it", async () => {
  const folder = await files.makeTemporaryFolder("cbctl-files-");
  await files.writeText(join(folder, "a/b"), "x");
  expect(modeOf(folder)).toBe("700");
  await files.remove(folder);
  expect(existsSync(folder)).toBe(false);
});
