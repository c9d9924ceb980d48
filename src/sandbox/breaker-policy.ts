import type { BreakerLibrary, CallOutcome, LibraryFactory, LibraryState } from "./breaker-library.ts";
import { createCallWindow } from "./call-window.ts";
import { asSet, type TuningFactory } from "./tunings/tuning.ts";

export interface BreakerLimits {
  /** Failures that open it: in a row, or within the window, as `counting` says. */
  readonly failureThreshold: number;
  /** Successes in a row that close it from half-open. */
  readonly successThreshold: number;
  /** Simulated milliseconds from opening to the first trial. */
  readonly openMs: number;
  /** Calls under way at once while half-open. */
  readonly halfOpenMaxCalls: number;
  /** A guarded call that takes longer, in real milliseconds, has failed. */
  readonly callMs: number;
  /** From 0 to 1, and within how many simulated milliseconds: where a system opens by it. */
  readonly errorRate?: number;
  readonly errorWindowMs?: number;
}

/**
 * `forced_open` and `off` are sticky: only a person ends them. Calls go around a `bypassed` breaker, which stays as
 * it was.
 */
export type BreakerMode = "auto" | "forced_open" | "off" | "bypassed";

export interface BreakerReading {
  readonly state: LibraryState;
  readonly mode: BreakerMode;
  readonly failures: number;
  readonly successes: number;
  readonly window: { readonly calls: number; readonly errors: number; readonly rejected: number };
  /** Milliseconds since 1970. */
  readonly changedAt: number;
  readonly lastFailureAt: number | null;
  /** When the next trial may run; null unless open and automatic. */
  readonly probeAt: number | null;
  /** A call has come since the start. */
  readonly called: boolean;
  /** Calls by outcome since the start; a reset leaves them. */
  readonly totals: Readonly<Record<CallOutcome, number>>;
}

export interface BreakerSetup {
  readonly library: LibraryFactory;
  readonly limits: BreakerLimits;
  readonly counting: "consecutive" | "window";
  readonly now: () => number;
  /** Simulated seconds in one real second. */
  readonly timeScale: number;
  /** False: failures are counted and nothing follows. */
  readonly trips: () => boolean;
  readonly onTransition: (from: LibraryState, to: LibraryState) => void;
  /** Where others are in force than the thresholds that are set. */
  readonly tuning?: TuningFactory | undefined;
}

export interface GuardedBreaker {
  /** Runs the work if the breaker lets it through. Never rejects. */
  call(work: () => Promise<void>): Promise<CallOutcome>;
  reading(): BreakerReading;
  /** As they are set. */
  limits(): BreakerLimits;
  limitsInForce(): BreakerLimits;
  setLimits(changed: Partial<BreakerLimits>): void;
  /** Closes and clears the counters; in a sticky mode it does nothing and says so. */
  reset(): boolean;
  /** False when it was in that mode already. */
  setMode(mode: BreakerMode): boolean;
  /** Until null: each opening lasts so many simulated milliseconds, whatever is set. */
  fixOpenMs(ms: number | null): void;
  /** As a new process would have it; the limits stay. */
  restart(): void;
  stop(): void;
}

/** The verdict on one half-open stage, awaited by the library as if it were a single call. */
interface Trial {
  underWay: number;
  /** Resolves when the library has acted on the verdict. */
  settled: Promise<unknown>;
  succeed(): void;
  fail(reason: unknown): void;
}

/**
 * Adds to a library's breaker what none of them has: success and failure thresholds that change in place, a limit
 * of calls in half-open, sticky modes and the counters that admin APIs show.
 * The whole half-open stage is one call to the library, so that closing and opening stay the library's own doing.
 */
export function createBreaker(setup: BreakerSetup): GuardedBreaker {
  const window = createCallWindow(100);
  let limits = setup.limits;
  let mode: BreakerMode = "auto";
  let trial: Trial | null = null;
  let inARow = 0;
  let successes = 0;
  let called = false;
  let changedAt = setup.now();
  let lastFailureAt: number | null = null;
  let probeAt = 0;
  let totals = noCalls;
  let tuning = (setup.tuning ?? asSet)();
  let fixedOpenMs: number | null = null;
  let waitMs = 0;

  function openMs(): number {
    waitMs = (fixedOpenMs ?? tuning.openMs(limits)) / setup.timeScale;
    return waitMs;
  }
  const failures = () => (setup.counting === "window" ? window.read().errors : inARow);
  const library: BreakerLibrary = setup.library({
    shouldOpen: () => setup.trips() && tuning.shouldOpen(limits, failures()),
    openMs,
    changed: onLibraryChange,
  });
  const shown = (): LibraryState =>
    mode === "forced_open" ? "open" : mode === "off" ? "closed" : library.state();
  let last = shown();

  function onLibraryChange(to: LibraryState): void {
    if (to !== "half_open") trial = null;
    if (to === "open") probeAt = setup.now() + waitMs;
    tuning.changed(to);
    if (to === "closed") clearCounters();
    successes = 0;
    announce();
  }

  function announce(): void {
    const from = last;
    last = shown();
    if (from === last) return;
    changedAt = setup.now();
    setup.onTransition(from, last);
  }

  function clearCounters(): void {
    window.clear();
    inARow = 0;
    successes = 0;
  }

  function record(ok: boolean): void {
    window.add(ok);
    tuning.recorded(ok, setup.now() * setup.timeScale);
    inARow = ok ? 0 : inARow + 1;
    if (!ok) lastFailureAt = setup.now();
  }

  async function counted(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (failure) {
      if (library.state() === "closed") record(false);
      throw failure;
    }
    if (library.state() === "closed") record(true);
  }

  function beginTrial(): Trial | null {
    let verdict: Pick<Trial, "succeed" | "fail"> | null = null;
    const settled = library.run(
      () =>
        new Promise((succeed, fail) => {
          verdict = { succeed, fail };
        }),
    );
    return verdict === null ? null : Object.assign(verdict, { underWay: 0, settled });
  }

  async function probe(current: Trial, work: () => Promise<void>): Promise<CallOutcome> {
    current.underWay++;
    const failure = await work().then(
      () => null,
      (reason: unknown) => reason ?? new Error("failed"),
    );
    current.underWay--;
    if (current !== trial) return failure === null ? "ok" : "error";
    record(failure === null);
    if (failure !== null) {
      current.fail(failure);
      await current.settled;
      return "error";
    }
    successes++;
    if (successes < tuning.inForce(limits).successThreshold) return "ok";
    current.succeed();
    await current.settled;
    return "ok";
  }

  async function guarded(work: () => Promise<void>): Promise<CallOutcome> {
    if (mode === "off" || mode === "bypassed") return outcomeOf(work);
    if (mode === "auto" && library.state() === "closed") return library.run(() => counted(work));
    if (mode === "auto") trial ??= beginTrial();
    if (mode === "auto" && trial !== null && trial.underWay < limits.halfOpenMaxCalls)
      return probe(trial, work);
    window.reject();
    return "rejected";
  }

  return {
    async call(work) {
      called = true;
      const outcome = await guarded(work);
      totals = { ...totals, [outcome]: totals[outcome] + 1 };
      return outcome;
    },
    reading: () => ({
      state: shown(),
      mode,
      failures: failures(),
      successes,
      window: window.read(),
      changedAt,
      lastFailureAt,
      probeAt: mode === "auto" && library.state() === "open" ? probeAt : null,
      called,
      totals,
    }),
    limits: () => limits,
    limitsInForce: () => tuning.inForce(limits),
    setLimits(changed) {
      limits = { ...limits, ...changed };
    },
    reset() {
      if (mode !== "auto") return false;
      clearCounters();
      library.close();
      announce();
      return true;
    },
    setMode(wanted) {
      if (mode === wanted) return false;
      const wasSticky = mode !== "bypassed";
      mode = wanted;
      if (mode === "auto" && wasSticky) {
        clearCounters();
        library.close();
      }
      announce();
      return true;
    },
    fixOpenMs(ms) {
      fixedOpenMs = ms;
    },
    restart() {
      mode = "auto";
      library.close();
      clearCounters();
      [called, lastFailureAt, totals] = [false, null, noCalls];
      [tuning, changedAt, last] = [(setup.tuning ?? asSet)(), setup.now(), shown()];
    },
    stop: () => library.stop(),
  };
}

const noCalls = { ok: 0, error: 0, rejected: 0 };

async function outcomeOf(work: () => Promise<void>): Promise<CallOutcome> {
  return work().then(
    () => "ok" as const,
    () => "error" as const,
  );
}
