import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CbctlError } from "../../../src/domain/errors.ts";
import type { FileStoreOptions } from "../../../src/drivers/store/file-store.ts";
import { openStore } from "../../../src/drivers/store/index.ts";
import { createFiles } from "../../../src/host/files.ts";
import { storeContract } from "./contract.ts";
import { logOptions, NOON, temporaryFolder } from "./log-folder.ts";

const realFiles = createFiles();

storeContract("file", async () => {
  let now = NOON;
  const options = logOptions({
    clock: { now: () => now },
    redact: (text) => text.replaceAll("hunter2", "***"),
  });
  return {
    open: () => openStore(options),
    setTime: (iso) => {
      now = Date.parse(iso);
    },
  };
});

const recordsIn = (file: string) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "");

describe("the file", () => {
  test("is not touched before the first call", async () => {
    const touched: string[] = [];
    const files: FileStoreOptions["files"] = {
      appendFlushed: async (path) => void touched.push(`append ${path}`),
      readFrom: async (path) => {
        touched.push(`read ${path}`);
        return Buffer.alloc(0);
      },
    };
    const store = openStore(logOptions({ file: "/nowhere/log.jsonl", files }));
    expect(touched).toEqual([]);
    await store.read("a");
    expect(touched).toEqual(["read /nowhere/log.jsonl"]);
  });

  test("is made by an append only, and is readable by its owner alone", async () => {
    const options = logOptions({ file: join(temporaryFolder(), "state", "log.jsonl") });
    const store = openStore(options);
    await store.read("a");
    await store.list("");
    await store.verify();
    expect(existsSync(options.file)).toBe(false);
    await store.append("a", 0, ["x"]);
    expect(statSync(options.file).mode & 0o777).toBe(0o600);
  });

  test("holds one JSON line a record, whose hash any tool can check", async () => {
    const options = logOptions({ newId: () => "NONCE" });
    const store = openStore(options);
    const [first] = await store.append("journal/prod", 0, [{ text: "grün" }]);
    await store.append("journal/prod", 1, ["b", "c"]);
    const [one = "", two = ""] = recordsIn(options.file);
    expect(recordsIn(options.file)).toHaveLength(2);
    expect(JSON.parse(one)).toEqual({
      v: 1,
      prev: "0".repeat(64),
      stream: "journal/prod",
      revision: 1,
      seq: 1,
      at: "2026-03-01T12:00:00.000Z",
      nonce: "NONCE",
      bodies: [{ text: "grün" }],
      hash: first?.hash,
    });
    expect(JSON.parse(two)).toMatchObject({ prev: first?.hash, revision: 3, seq: 3, bodies: ["b", "c"] });
    const sealed = one.replace(/,"hash":"[0-9a-f]*"\}$/, "}");
    expect(createHash("sha256").update(sealed).digest("hex")).toBe(first?.hash);
  });

  test("is read on from where it was left", async () => {
    const offsets: number[] = [];
    const files: FileStoreOptions["files"] = {
      ...realFiles,
      readFrom: (path, offset) => {
        offsets.push(offset);
        return realFiles.readFrom(path, offset);
      },
    };
    const options = logOptions({ files });
    const [reader, writer] = [openStore(options), openStore({ ...options, files: realFiles })];
    await writer.append("a", 0, ["x"]);
    const size = statSync(options.file).size;
    await reader.read("a");
    await writer.append("a", 1, ["y"]);
    expect(await reader.read("a")).toHaveLength(2);
    expect(offsets).toEqual([0, size]);
  });

  test("holds no secret, not even one that JSON writes with escapes", async () => {
    const secret = 'pa"ss\\word';
    const options = logOptions({
      redact: (text) => text.replaceAll(secret, "***").replaceAll("4711", "***"),
    });
    await openStore(options).append("a", 0, [
      { note: `it is ${secret}`, pin: 4711, [secret]: true, left: 42 },
    ]);
    const text = readFileSync(options.file, "utf8");
    expect(text).not.toContain("4711");
    expect(text).not.toContain("ss\\\\word");
    expect(JSON.parse(recordsIn(options.file)[0] ?? "").bodies).toEqual([
      { note: "it is ***", pin: "***", "***": true, left: 42 },
    ]);
  });
});

describe("somebody else's write in the middle of an append", () => {
  /** Runs `meddle` once, right before a write reaches the disk. */
  function meddling(meddle: () => Promise<unknown>): FileStoreOptions["files"] {
    let done = false;
    return {
      ...realFiles,
      async appendFlushed(path, text) {
        if (!done) {
          done = true;
          await meddle();
        }
        await realFiles.appendFlushed(path, text);
      },
    };
  }

  test("to another stream: the attempt is lost, and the next one counts", async () => {
    const options = logOptions();
    const files = meddling(() => openStore(options).append("b", 0, ["b1"]));
    expect(await openStore({ ...options, files }).append("a", 0, ["a1"])).toMatchObject([
      { seq: 2, revision: 1 },
    ]);
    expect(recordsIn(options.file)).toHaveLength(3);
    expect(await openStore(options).verify()).toMatchObject({ events: 2, lost: 1, faults: [] });
  });

  test("to the same stream: a conflict, and nothing of the loser counts", async () => {
    const options = logOptions();
    const by = { user: "bob", host: "laptop", ci: "4711" };
    const files = meddling(() => openStore(options).append("a", 0, [{ by }]));
    await expect(openStore({ ...options, files }).append("a", 0, ["mine"])).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^bob on laptop \(CI job 4711\) appended to "a"/),
    });
    expect(await openStore(options).read("a")).toMatchObject([{ body: { by } }]);
  });

  test("two equal attempts at the same instant are told apart", async () => {
    const options = logOptions();
    const files = meddling(() => openStore(options).append("a", 0, ["same"]));
    await expect(openStore({ ...options, files }).append("a", 0, ["same"])).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await openStore(options).read("a")).toHaveLength(1);
  });

  test("an attempt that was overtaken right after it counted gives back its own events", async () => {
    const options = logOptions();
    const files: FileStoreOptions["files"] = {
      ...realFiles,
      async appendFlushed(path, text) {
        await realFiles.appendFlushed(path, text);
        await openStore(options).append("a", 1, ["next"]);
      },
    };
    expect(await openStore({ ...options, files }).append("a", 0, ["mine"])).toMatchObject([{ body: "mine" }]);
  });

  test("without pause: gives up after many attempts, and says why", async () => {
    const options = logOptions();
    const other = openStore(options);
    let revision = 0;
    const files: FileStoreOptions["files"] = {
      ...realFiles,
      async appendFlushed(path, text) {
        await other.append("b", revision++, [0]);
        await realFiles.appendFlushed(path, text);
      },
    };
    await expect(openStore({ ...options, files }).append("a", 0, ["mine"])).rejects.toMatchObject({
      code: "conflict",
      reason: "other processes append to it without pause",
    });
    expect(await openStore(options).read("a")).toEqual([]);
  });

  test("the file replaced by an older copy: the record is found there, and the gap is reported", async () => {
    const options = logOptions();
    const store = openStore(options);
    await store.append("a", 0, ["x"]);
    const older = `${options.file}.old`;
    writeFileSync(older, readFileSync(options.file));
    await store.append("a", 1, ["y"]);
    const files = meddling(async () => renameSync(older, options.file));
    const stale = openStore({ ...options, files });
    expect(await stale.append("a", 2, ["z"])).toMatchObject([{ revision: 3, body: "z" }]);
    expect((await stale.read("a")).map(({ body }) => body)).toEqual(["x", "z"]);
    expect((await stale.verify()).faults).toMatchObject([{ line: 4, kind: "missing" }]);
  });
});

describe("a disk that refuses", () => {
  test.runIf(existsSync("/dev/full"))("full: a clear error, and the log stays as it was", async () => {
    const options = logOptions();
    await openStore(options).append("a", 0, ["x"]);
    const before = readFileSync(options.file, "utf8");
    const appendFlushed = (_path: string, text: string) => realFiles.appendFlushed("/dev/full", text);
    const store = openStore({ ...options, files: { ...realFiles, appendFlushed } });
    await expect(store.append("a", 1, ["y"])).rejects.toMatchObject({
      code: "no-storage",
      reason: "the disk is full",
      hint: expect.stringContaining("free some space"),
    });
    expect(readFileSync(options.file, "utf8")).toBe(before);
    expect(await store.read("a")).toHaveLength(1);
  });

  test("no folder to write in: a clear error that names the file", async () => {
    const options = logOptions();
    await openStore(options).append("a", 0, ["x"]);
    const file = join(options.file, "log.jsonl");
    const store = openStore({
      ...options,
      file,
      files: { ...realFiles, readFrom: async () => Buffer.alloc(0) },
    });
    await expect(store.append("a", 0, ["x"])).rejects.toMatchObject({
      reason: "a part of the path is a file",
      where: file,
    });
  });

  test("read-only: the error of the disk passes as it is, and nothing was appended", async () => {
    const options = logOptions();
    const readOnly = new CbctlError("no-storage", "cannot append", {
      reason: "the file system is read-only",
    });
    const store = openStore({
      ...options,
      files: { ...realFiles, appendFlushed: () => Promise.reject(readOnly) },
    });
    await expect(store.append("a", 0, ["y"])).rejects.toBe(readOnly);
    expect(await store.verify()).toMatchObject({ events: 0, torn: 0 });
  });

  test("a disk that fills up in the middle of a line: nothing was appended, and the next append is whole", async () => {
    const options = logOptions();
    const full: FileStoreOptions["files"] = {
      ...realFiles,
      async appendFlushed(path, text) {
        await realFiles.appendFlushed(path, text.slice(0, 120));
        throw new CbctlError("no-storage", "cannot append", { reason: "the disk is full" });
      },
    };
    await expect(openStore({ ...options, files: full }).append("a", 0, ["x"])).rejects.toMatchObject({
      code: "no-storage",
    });
    expect(await openStore(options).append("a", 0, ["y"])).toMatchObject([{ seq: 1, body: "y" }]);
    expect(await openStore(options).verify()).toMatchObject({ events: 1, torn: 1, faults: [] });
  });

  test("a log of a newer cbctl is neither folded nor written to", async () => {
    const options = logOptions();
    writeFileSync(options.file, '\n{"v":2,"prev":"x"}\n');
    const store = openStore(options);
    const refused = { code: "not-understood", hint: "update cbctl on this machine" };
    await expect(store.read("a")).rejects.toMatchObject(refused);
    await expect(store.append("a", 0, ["x"])).rejects.toMatchObject(refused);
    expect(readFileSync(options.file, "utf8")).toBe('\n{"v":2,"prev":"x"}\n');
    expect((await store.verify()).faults).toMatchObject([{ line: 2, kind: "not-understood" }]);
  });
});
