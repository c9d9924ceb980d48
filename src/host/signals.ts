import { CbctlError } from "../domain/errors.ts";

/** The part of the process that takes signals. */
export interface SignalSource {
  on(name: NodeJS.Signals, listener: (name: NodeJS.Signals) => void): unknown;
  off(name: NodeJS.Signals, listener: (name: NodeJS.Signals) => void): unknown;
  exit(code: number): unknown;
}

export interface Signals {
  /** Aborts with the CbctlError to end with. */
  readonly signal: AbortSignal;
  dispose(): void;
}

/** A closed terminal (SIGHUP) is a wish to end as well, so that nothing started is left behind. */
const HEARD = ["SIGINT", "SIGTERM", "SIGHUP"] as const satisfies readonly NodeJS.Signals[];

/** Listens for the wish to end. The first signal aborts, so that the command can end well; a second one ends the process at once. */
export function listenForSignals(source: SignalSource): Signals {
  const controller = new AbortController();
  const listener = (name: NodeJS.Signals) => {
    const ending = endingOf(name);
    if (controller.signal.aborted) source.exit(ending.exitCode);
    else controller.abort(ending);
  };
  for (const name of HEARD) source.on(name, listener);
  return {
    signal: controller.signal,
    dispose() {
      for (const name of HEARD) source.off(name, listener);
    },
  };
}

function endingOf(name: NodeJS.Signals): CbctlError {
  return name === "SIGINT"
    ? new CbctlError("interrupted", "interrupted")
    : new CbctlError("terminated", `terminated by ${name}`);
}
