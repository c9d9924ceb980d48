import { constants, readFileSync } from "node:fs";
import { mkdtemp, open, readdir, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { CbctlError } from "../domain/errors.ts";
import { fileError, isMissing } from "./file-errors.ts";
import type { Files } from "./host.ts";
import { flushFolder, makeFolder, writeWhole } from "./write-whole.ts";

const OTHERS_MAY_WRITE = 0o022;

/** The files of this machine. */
export function createFiles(): Files {
  return {
    // Read in place: a document is small, and four trips to the thread pool cost every start more than the disk does.
    readText: (path) =>
      attempt("read", path, () => unlessMissing(async () => readFileSync(path, "utf8"), null)),
    writeText: (path, text) => attempt("write", path, () => writeWhole(path, text)),
    listFolder: (path) =>
      attempt("list", path, async () => (await unlessMissing(() => readdir(path), [])).sort()),
    isOnlyOurs: (path) => attempt("inspect", path, () => unlessMissing(() => isOnlyOurs(path), false)),
    appendFlushed: (path, text) => attempt("append to", path, () => appendFlushed(path, text)),
    readFrom: (path, offset) => attempt("read", path, () => readFrom(path, offset)),
    remove: (path) => attempt("remove", path, () => rm(path, { recursive: true, force: true })),
    makeTemporaryFolder: (prefix) =>
      attempt("make a folder in", tmpdir(), () => mkdtemp(join(tmpdir(), prefix))),
  };
}

async function attempt<T>(deed: string, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileError(deed, path, error);
  }
}

async function unlessMissing<T, M>(work: () => Promise<T>, missing: M): Promise<T | M> {
  try {
    return await work();
  } catch (error) {
    if (isMissing(error)) return missing;
    throw error;
  }
}

async function isOnlyOurs(path: string): Promise<boolean> {
  const real = await realpath(path);
  const places = await Promise.all(
    [...new Set([real, dirname(real), dirname(path)])].map((place) => stat(place)),
  );
  const ours = new Set([0, process.getuid?.()]);
  return places.every(({ uid, mode }) => ours.has(uid) && (mode & OTHERS_MAY_WRITE) === 0);
}

/** One write call, so that blocks of several processes never interleave. */
async function appendFlushed(path: string, text: string): Promise<void> {
  await makeFolder(dirname(path));
  const bytes = Buffer.from(text);
  const file = await open(path, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT, 0o600);
  try {
    const { bytesWritten } = await file.write(bytes);
    if (bytesWritten < bytes.length) throw cutShort(path);
    await file.datasync();
    if ((await file.stat()).size <= bytes.length) await flushFolder(dirname(path));
  } finally {
    await file.close();
  }
}

async function readFrom(path: string, offset: number): Promise<Buffer> {
  const file = await unlessMissing(() => open(path, "r"), null);
  if (file === null) return Buffer.alloc(0);
  try {
    const bytes = Buffer.allocUnsafe(Math.max(0, (await file.stat()).size - offset));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function cutShort(path: string): CbctlError {
  return new CbctlError("no-storage", `cannot append to ${path}`, {
    reason: "only a part of it could be written",
    hint: "free some space, or name a place on another disk",
    where: path,
  });
}
