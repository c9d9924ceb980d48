interface WritingRequest {
  readonly method: string;
  readonly path: string;
  readonly requestId: string | null;
}

/** Counts the requests an admin API received, and remembers those that could have changed something. */
export interface RequestLog {
  add(method: string, path: string, requestId: string | null): void;
  /** `{"GET": 3, "POST": 1, "writes": […]}`, the last 100 writes, oldest first. */
  read(): Readonly<Record<string, number | readonly WritingRequest[]>>;
}

export function createRequestLog(): RequestLog {
  const counts = new Map<string, number>();
  const writes: WritingRequest[] = [];
  return {
    add(method, path, requestId) {
      counts.set(method, (counts.get(method) ?? 0) + 1);
      if (method === "GET" || method === "HEAD" || method === "OPTIONS") return;
      writes.push({ method, path, requestId });
      if (writes.length > 100) writes.shift();
    },
    read: () => ({ ...Object.fromEntries(counts), writes }),
  };
}
