import type { Instance } from "../../domain/fleet.ts";
import type { Answer, FilledCall } from "../../domain/vocabulary/call.ts";

export interface SendOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Sent as X-Request-ID: the journal's id of a change. */
  readonly requestId: string | null;
}

/** A protocol. Sends one filled call to one instance and gives back what came, judged by nobody yet. */
export interface CallDriver {
  /** @throws CbctlError `unreachable`, `timed-out`, `not-understood` (too large, cut short), `interrupted`. */
  send(call: FilledCall, instance: Instance, options: SendOptions): Promise<Answer>;
  /** The call as a command line that a person can run, with secrets as variables. */
  show(call: FilledCall, instance: Instance): string;
}
