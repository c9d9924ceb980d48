import type { Store } from "./driver.ts";
import type { FileStoreOptions } from "./file-store.ts";

/** Backends by name, each loaded when a command first needs it. */
const BACKENDS = {
  file: async (options: FileStoreOptions): Promise<Store> =>
    (await import("./file-store.ts")).fileStore(options),
} as const;

/** The log of this user at this machine. Nothing is loaded and no disk is touched before the first call of a method. */
export function openStore(options: FileStoreOptions): Store {
  let opened: Promise<Store> | null = null;
  const store = () => {
    opened ??= BACKENDS.file(options);
    return opened;
  };
  return {
    append: async (stream, after, bodies) => (await store()).append(stream, after, bodies),
    read: async (stream, since) => (await store()).read(stream, since),
    list: async (prefix) => (await store()).list(prefix),
    verify: async () => (await store()).verify(),
  };
}
