import CircuitBreaker from "opossum";
import type { BreakerLibrary, LibraryFactory, LibraryState } from "../breaker-library.ts";

/** A breaker of opossum: after the open time a timer makes it half-open, whether or not a call comes. */
export const opossumBreaker: LibraryFactory = (rules): BreakerLibrary => {
  // opossum keeps this very object and reads it at each opening, so the open time can be changed in place.
  const options: CircuitBreaker.Options = {
    timeout: false,
    resetTimeout: rules.openMs(),
    // More than 100 % never fails: when to open is the policy's decision.
    errorThresholdPercentage: 100,
    rollingCountBuckets: 1,
    rollingPercentilesEnabled: false,
    enableSnapshots: false,
  };
  const circuit = new CircuitBreaker((work: () => Promise<void>) => work(), options);
  const state = (): LibraryState => (circuit.opened ? "open" : circuit.halfOpen ? "half_open" : "closed");
  circuit.on("failure", () => {
    options.resetTimeout = rules.openMs();
    if (circuit.closed && rules.shouldOpen()) circuit.open();
  });
  circuit.on("open", () => rules.changed("open"));
  circuit.on("halfOpen", () => rules.changed("half_open"));
  circuit.on("close", () => rules.changed("closed"));
  return {
    state,
    run: (work) =>
      circuit.fire(work).then(
        () => "ok" as const,
        (failure: unknown) => (isRefusal(failure) ? "rejected" : "error"),
      ),
    close: () => circuit.close(),
    stop: () => circuit.shutdown(),
  };
};

function isRefusal(failure: unknown): boolean {
  return failure instanceof Error && "code" in failure && failure.code === "EOPENBREAKER";
}
