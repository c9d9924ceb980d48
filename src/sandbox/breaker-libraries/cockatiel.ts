import { CircuitState, circuitBreaker, handleAll, type IBackoff, isBrokenCircuitError } from "cockatiel";
import type { BreakerLibrary, LibraryFactory, LibraryState } from "../breaker-library.ts";

/** A breaker of cockatiel: it stays open past the open time and turns half-open with the next call. */
export const cockatielBreaker: LibraryFactory = (rules): BreakerLibrary => {
  const backoff = { next: (): IBackoff<unknown> => ({ duration: rules.openMs(), next: backoff.next }) };
  const policy = circuitBreaker(handleAll, {
    halfOpenAfter: backoff,
    breaker: { state: null, success: () => undefined, failure: () => rules.shouldOpen() },
  });
  const subscription = policy.onStateChange((to) => {
    if (to !== CircuitState.Isolated) rules.changed(stateOf(to));
  });
  return {
    state: () => stateOf(policy.state),
    run: (work) =>
      policy.execute(work).then(
        () => "ok" as const,
        (failure: unknown) => (isBrokenCircuitError(failure) ? "rejected" : "error"),
      ),
    // Ending an isolation is cockatiel's one way to close by hand.
    close: () => {
      if (policy.state !== CircuitState.Closed) policy.isolate().dispose();
    },
    stop: () => subscription.dispose(),
  };
};

function stateOf(state: CircuitState): LibraryState {
  if (state === CircuitState.Closed) return "closed";
  return state === CircuitState.HalfOpen ? "half_open" : "open";
}
