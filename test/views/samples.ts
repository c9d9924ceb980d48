import { API_VERSION, type BreakerList, type Verdict } from "../../src/domain/answers.ts";
import type { Breaker, BreakerReading, BreakerState } from "../../src/domain/breaker.ts";
import type { InstanceResult } from "../../src/domain/change-result.ts";
import { foldFleet, type InstanceError, type InstanceReading, summarise } from "../../src/domain/fleet.ts";
import type { JournalEntry } from "../../src/domain/journal.ts";
import { drawBox } from "../../src/views/text/boxed-table.ts";
import { plainPaint } from "../../src/views/text/paint.ts";
import { chalkPaint } from "../../src/views/text/paint-chalk.ts";
import type { ViewOptions } from "../../src/views/view.ts";

export const OBSERVED_AT = "2026-05-04T10:00:00.000Z";
const NOW = Date.parse(OBSERVED_AT);

/** RFC 3339 of a moment that many seconds from the observation. */
export function at(seconds: number): string {
  return new Date(NOW + seconds * 1_000).toISOString();
}

export const PIPED: ViewOptions = {
  terminal: false,
  columns: 80,
  rows: 24,
  wide: false,
  now: NOW,
  paint: plainPaint,
  drawBox: null,
};

export const TERMINAL_80: ViewOptions = { ...PIPED, terminal: true, drawBox };
export const TERMINAL_140: ViewOptions = { ...TERMINAL_80, columns: 140, rows: 50 };
export const COLORED: ViewOptions = { ...TERMINAL_140, paint: chalkPaint };

/** The lines of a view as one text, for a snapshot. */
export function textOf(lines: Iterable<string>): string {
  return [...lines].join("\n");
}

/** A text without its escape sequences. */
export function withoutAnsi(text: string): string {
  return text.replaceAll(ANSI, "");
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is sought
export const ANSI = /\u001b\[[0-9;]*m/g;

export function reading(
  key: string,
  state: BreakerState,
  more: Partial<BreakerReading> = {},
): BreakerReading {
  return {
    key,
    group: null,
    labels: {},
    instance: "http://shop-1:8080",
    state,
    nativeState: state.toUpperCase(),
    reason: null,
    since: null,
    retryAt: null,
    lastFailureAt: null,
    counts: { failures: 0, successes: 20, calls: 20, rejected: 0, scope: "window" },
    thresholds: { failureThreshold: 5, openDurationMs: 60_000 },
    ...more,
  };
}

/** A breaker with one instance. */
export function breaker(key: string, state: BreakerState, more: Partial<BreakerReading> = {}): Breaker {
  return fleetOf([[reading(key, state, more)]]).breakers[0] as Breaker;
}

/** Folds the readings of instances `http://shop-1:8080`, `http://shop-2:8080` … */
export function fleetOf(perInstance: readonly (readonly BreakerReading[] | InstanceError)[]) {
  const readings = perInstance.map((told, index): InstanceReading => {
    const name = `http://shop-${index + 1}:8080`;
    const instance = { name, url: name };
    if ("message" in told) return { instance, breakers: null, error: { ...told, instance: name } };
    return { instance, breakers: told.map((each) => ({ ...each, instance: name })), error: null };
  });
  return foldFleet(readings, OBSERVED_AT);
}

export function breakerList(
  perInstance: readonly (readonly BreakerReading[] | InstanceError)[],
  more: Partial<BreakerList> = {},
): BreakerList {
  const { breakers, errors } = fleetOf(perInstance);
  return {
    apiVersion: API_VERSION,
    kind: "BreakerList",
    context: "shop",
    system: "key-breakers",
    observedAt: OBSERVED_AT,
    breakers,
    summary: summarise(breakers),
    errors,
    ...more,
  };
}

/** One opened breaker among healthy ones. */
export const OPENED = reading("deepseek-1", "open", {
  group: "deepseek",
  reason: "5 failures in a row",
  since: at(-200),
  retryAt: at(12),
  counts: { failures: 5, successes: 15, calls: 20, rejected: 42, scope: "window" },
});

export const SICK = breakerList([
  [
    OPENED,
    reading("deepseek-2", "closed", { group: "deepseek" }),
    reading("claude-1", "half_open", { group: "claude", since: at(-4_000) }),
    reading("claude-2", "forced_open", { group: "claude", since: at(-200_000), reason: "forced by ana" }),
    reading("gpt-1", "disabled", { group: "gpt" }),
    reading("gpt-2", "metrics_only", { group: "gpt" }),
  ],
]);

/** Three replicas: they differ about one breaker, and the third cannot be read. */
export const PARTLY_READ = breakerList([
  [OPENED, reading("deepseek-2", "closed", { group: "deepseek" })],
  [{ ...OPENED, state: "closed" }, reading("deepseek-2", "closed", { group: "deepseek" })],
  { instance: "", code: "unreachable", message: "cannot reach http://shop-3:8080: connection refused" },
]);

export const EMPTY = breakerList([[]]);

export const VERDICTS: readonly Verdict[] = [
  {
    rule: "all-open",
    severity: "critical",
    subject: "deepseek",
    firing: false,
    because: "openShare 0.5 < 1",
  },
  {
    rule: "any-open",
    severity: "warning",
    subject: "claude",
    firing: null,
    because: "2 of 3 instances not read",
  },
  { rule: "any-open", severity: "warning", subject: "deepseek", firing: true, because: "1 of 2 open" },
];

export function result(
  outcome: InstanceResult["outcome"],
  more: Partial<InstanceResult> = {},
): InstanceResult {
  return {
    key: "deepseek-1",
    group: "deepseek",
    instance: "http://shop-1:8080",
    before: { state: "open", thresholds: {} },
    after: { state: "closed", thresholds: {} },
    outcome,
    message: null,
    ...more,
  };
}

export function journalEntry(id: string, more: Partial<JournalEntry> = {}): JournalEntry {
  return {
    at: at(-600),
    intent: {
      kind: "intent",
      id,
      action: "reset",
      context: "shop",
      system: "key-breakers",
      by: { user: "ana", host: "ops-1", ci: null },
      reason: "upstream is back",
      incident: "INC-7",
      targets: [
        {
          key: "deepseek-1",
          group: "deepseek",
          instance: "http://shop-1:8080",
          before: { state: "open", thresholds: {} },
          to: { state: "closed" },
        },
      ],
      approved: "3f1c",
      undoes: null,
    },
    result: { kind: "result", id, results: [result("applied")], applied: 1, total: 1, reconciled: false },
    resultAt: at(-597),
    ...more,
  };
}
