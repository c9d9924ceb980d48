export type LibraryState = "closed" | "open" | "half_open";

/** What became of one guarded call: it worked, it failed, or the breaker did not let it through. */
export type CallOutcome = "ok" | "error" | "rejected";

/** What the policy answers to the library. */
interface LibraryRules {
  /** Asked after each failure while closed. */
  shouldOpen(): boolean;
  /** Real milliseconds from opening to the first trial; read at the moment of opening. */
  openMs(): number;
  /** Told after each change of the library's own state. */
  changed(to: LibraryState): void;
}

/** One breaker of a real library: its state machine, its timers and its decision to let a call through. */
export interface BreakerLibrary {
  state(): LibraryState;
  /** Runs the work if the library lets it through. Never rejects. */
  run(work: () => Promise<void>): Promise<CallOutcome>;
  /** Closes from any state. */
  close(): void;
  stop(): void;
}

export type LibraryFactory = (rules: LibraryRules) => BreakerLibrary;
