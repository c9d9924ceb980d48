import { CbctlError } from "../domain/errors.ts";

/** The error that an aborted signal stands for: its own reason when that is one of ours. */
export function interruptionOf(signal: AbortSignal): CbctlError {
  return signal.reason instanceof CbctlError ? signal.reason : new CbctlError("interrupted", "interrupted");
}
