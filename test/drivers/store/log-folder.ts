import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { FileStoreOptions } from "../../../src/drivers/store/file-store.ts";
import { createFiles } from "../../../src/host/files.ts";

export const NOON = Date.parse("2026-03-01T12:00:00.000Z");

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cbctl-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Options of a log in a folder of its own; the clock stands at noon. */
export function logOptions(changes: Partial<FileStoreOptions> = {}): FileStoreOptions {
  return {
    file: changes.file ?? join(temporaryFolder(), "log.jsonl"),
    files: createFiles(),
    clock: { now: () => NOON },
    redact: (text) => text,
    newId: randomUUID,
    ...changes,
  };
}
