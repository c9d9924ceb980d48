import { setTimeout as wait } from "node:timers/promises";

/** Resolves with what the look returns as soon as it is true; rejects after `ms`. */
export async function waitUntil<T>(
  look: () => Promise<T | false | null | undefined> | T | false,
  ms = 10_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > end) throw new Error(`not within ${ms} ms: ${look}`);
    await wait(15);
  }
}
