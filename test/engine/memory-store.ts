import { CbctlError } from "../../src/domain/errors.ts";
import type { Store, StoredEvent } from "../../src/drivers/store/driver.ts";

/** A log in memory, with the promises of the real one but the disk. */
export function memoryStore(now: () => number): Store & { readonly events: StoredEvent[] } {
  const events: StoredEvent[] = [];
  const ofStream = (stream: string) => events.filter((event) => event.stream === stream);
  return {
    events,
    async append(stream, after, bodies) {
      const before = ofStream(stream).length;
      if (before !== after) throw new CbctlError("conflict", `somebody appended to ${stream}`);
      const at = new Date(now()).toISOString();
      const appended = bodies.map((body, index) => ({
        seq: events.length + index + 1,
        stream,
        revision: before + index + 1,
        at,
        hash: `hash-${events.length}`,
        body: JSON.parse(JSON.stringify(body)),
      }));
      events.push(...appended);
      return appended;
    },
    read: async (stream, since) => ofStream(stream).filter(({ at }) => since === undefined || at >= since),
    async list(prefix) {
      const streams = [...new Set(events.map(({ stream }) => stream))].filter((name) =>
        name.startsWith(prefix),
      );
      return streams.sort().map((stream) => ({ stream, revision: ofStream(stream).length }));
    },
    verify: async () => ({ events: events.length, lost: 0, torn: 0, head: "", faults: [] }),
  };
}
