import type { CbctlError } from "../domain/errors.ts";
import { timedOut } from "./http-errors.ts";
import { interruptionOf } from "./interruption.ts";

export interface Deadline {
  /** Aborts when the time is up or the caller's signal aborts. */
  readonly signal: AbortSignal;
  /** The error that the abort stands for; null when nothing was aborted. */
  explain(url: URL): CbctlError | null;
  end(): void;
}

export function startDeadline(timeoutMs: number, outer: AbortSignal): Deadline {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  if (outer.aborted) abort();
  else outer.addEventListener("abort", abort, { once: true });
  return {
    signal: controller.signal,
    explain(url) {
      if (outer.aborted) return interruptionOf(outer);
      return controller.signal.aborted ? timedOut(url, timeoutMs) : null;
    },
    end() {
      clearTimeout(timer);
      outer.removeEventListener("abort", abort);
    },
  };
}
