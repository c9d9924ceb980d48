import { CbctlError } from "../domain/errors.ts";
import type { Host } from "../host/host.ts";

/** A document as the user wrote it, and what it means. */
export interface CheckedDocument {
  readonly kind: string;
  readonly value: unknown;
  readonly text: string;
}

interface CacheEntry extends CheckedDocument {
  readonly version: string;
}

/**
 * Reads and checks YAML documents of the user. A checked one is kept as JSON beside its source text, so that only the
 * first look at it loads the YAML parser and the schemas: equal source, equal meaning.
 */
export function checkedDocuments(host: Pick<Host, "files" | "places">, version: string) {
  return async function readDocument(path: string): Promise<CheckedDocument | null> {
    const text = await host.files.readText(path);
    if (text === null) return null;
    const cached = await readCache(path);
    if (cached?.version === version && cached.text === text) return cached;
    const { compileDocument } = await import("../documents/compile.ts");
    const { kind, value } = compileDocument(text, path);
    const entry: CacheEntry = { version, kind, value, text };
    await host.files.writeText(cachePath(path), JSON.stringify(entry)).catch(() => undefined);
    return entry;
  };

  function cachePath(path: string): string {
    return `${host.places.cacheFolder}/documents/${encodeURIComponent(path).slice(-200)}.json`;
  }

  async function readCache(path: string): Promise<CacheEntry | null> {
    try {
      return JSON.parse((await host.files.readText(cachePath(path))) ?? "null") as CacheEntry | null;
    } catch {
      return null;
    }
  }
}

export type ReadDocument = ReturnType<typeof checkedDocuments>;

/** @throws CbctlError `invalid-document` when a file holds another kind of document than wanted. */
export function assertKind(document: CheckedDocument, wanted: string, path: string): void {
  if (document.kind === wanted) return;
  throw new CbctlError("invalid-document", `${path} holds a ${document.kind}, not a ${wanted}`, {
    where: path,
  });
}
