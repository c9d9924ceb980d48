export interface CallWindow {
  add(ok: boolean): void;
  reject(): void;
  clear(): void;
  /** Calls and errors among the last ones, and the calls turned away since the last clearing. */
  read(): { readonly calls: number; readonly errors: number; readonly rejected: number };
}

/** Remembers the outcomes of the last `size` calls. */
export function createCallWindow(size: number): CallWindow {
  let outcomes: boolean[] = [];
  let rejected = 0;
  return {
    add(ok) {
      outcomes.push(ok);
      if (outcomes.length > size) outcomes.shift();
    },
    reject() {
      rejected++;
    },
    clear() {
      outcomes = [];
      rejected = 0;
    },
    read: () => ({ calls: outcomes.length, errors: outcomes.filter((ok) => !ok).length, rejected }),
  };
}
