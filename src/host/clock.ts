import type { Clock } from "./host.ts";
import { interruptionOf } from "./interruption.ts";

/** A longer timer would fire at once: the runtime keeps delays in 31 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock of this machine. */
export function createClock(): Clock {
  return {
    now: () => Date.now(),
    async sleep(ms, signal) {
      for (let left = ms; left > 0; left -= LONGEST_TIMER_MS) {
        await pause(Math.min(left, LONGEST_TIMER_MS), signal);
      }
      if (signal.aborted) throw interruptionOf(signal);
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(interruptionOf(signal));
    const onAbort = () => {
      clearTimeout(timer);
      reject(interruptionOf(signal));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
