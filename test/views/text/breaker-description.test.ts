import { describe, expect, it } from "vitest";
import { API_VERSION, type BreakerDescription } from "../../../src/domain/answers.ts";
import { viewBreakerDescription } from "../../../src/views/text/breaker-description.ts";
import {
  ANSI,
  at,
  breaker,
  COLORED,
  fleetOf,
  journalEntry,
  OBSERVED_AT,
  OPENED,
  PIPED,
  TERMINAL_80,
  textOf,
  withoutAnsi,
} from "../samples.ts";

const DRIFTED = { ...OPENED, state: "closed" as const, since: at(-9_000), retryAt: null, reason: null };
const FLEET = fleetOf([
  [OPENED],
  [{ ...DRIFTED, thresholds: { failureThreshold: 7, openDurationMs: 60_000 } }],
]);

const DESCRIBED: BreakerDescription = {
  apiVersion: API_VERSION,
  kind: "BreakerDescription",
  context: "shop",
  system: "key-breakers",
  observedAt: OBSERVED_AT,
  breaker: FLEET.breakers[0] ?? breaker("none", "unknown"),
  instances: FLEET.readings.flatMap(({ breakers }) => breakers ?? []),
  next: ["it tries again by itself in 12s, with at most 3 calls"],
  capabilities: [
    { verb: "reset", reaches: ["breaker", "all"], instead: null },
    { verb: "trip", reaches: [], instead: "set failureThreshold to 1" },
    { verb: "patch", reaches: ["breaker"], instead: null },
  ],
  actions: [journalEntry("01JT0000000000000000000002")],
  errors: [],
};

describe("viewBreakerDescription", () => {
  it("tells everything about one breaker", () => {
    expect(textOf(viewBreakerDescription(DESCRIBED, TERMINAL_80))).toMatchInlineSnapshot(`
      "deepseek/deepseek-1 · shop · key-breakers
      state         ✖ open
      native state  OPEN
      reason        5 failures in a row
      since         2026-05-04T09:56:40.000Z (3m20s ago)
      next try      2026-05-04T10:00:12.000Z (in 12s)
      instances     1 open 1 closed
      counts        failures 10, successes 30, calls 40, rejected 84 (window)

      on each instance
        STATE     INSTANCE            SINCE  NEXT    FAILURES  REASON
        ✖ open    http://shop-1:8080  3m20s  in 12s      5/20  5 failures in a row
        ● closed  http://shop-2:8080  2h30m  -           5/20  -

      thresholds
        failureThreshold  not alike: 5, 7
        openDuration      1m

      what happens next
        it tries again by itself in 12s, with at most 3 calls

      what can be done
        reset  cbctl reset --context shop deepseek/deepseek-1
        trip   not by this system: set failureThreshold to 1
        patch  cbctl patch --context shop deepseek/deepseek-1 openDuration=1m

      last changes with cbctl
        WHEN     ACTION  RESULT       BREAKERS             BY            REASON                    ID
        10m ago  reset   applied 1/1  deepseek/deepseek-1  ana on ops-1  upstream is back · INC-7  01JT0000000000000000000002"
    `);
  });

  it("tells the same where it is piped, with times for ages in its tables", () => {
    const piped = textOf(viewBreakerDescription(DESCRIBED, PIPED));
    expect(piped).toContain(`✖ open    http://shop-1:8080  ${at(-200)}`);
    expect(piped).toContain(`${at(-600)}  reset   applied 1/1`);
  });

  it("names each value of a threshold on which the instances differ", () => {
    const text = textOf(viewBreakerDescription(DESCRIBED, PIPED));
    expect(text).toContain("failureThreshold  not alike: 5, 7");
    expect(text).toContain("openDuration      1m");
  });

  it("leaves out what there is none of, and says not told where that is so", () => {
    const counts = { failures: null, successes: null, calls: null, rejected: null, scope: null };
    const bare: BreakerDescription = {
      ...DESCRIBED,
      breaker: breaker("bare", "unknown", { nativeState: null, counts, thresholds: { windowCalls: null } }),
      instances: [],
      next: [],
      capabilities: [],
      actions: [],
      errors: [{ instance: "http://shop-2:8080", code: "timed-out", message: "no answer in 10s" }],
    };
    expect(textOf(viewBreakerDescription(bare, PIPED))).toMatchInlineSnapshot(`
      "bare · shop · key-breakers
      state         ? unknown
      native state  -
      reason        -
      since         -
      next try      -
      instances     1/1
      counts        -
      ! http://shop-2:8080: no answer in 10s

      thresholds
        windowCalls  not told"
    `);
  });

  it("is the same text with colour", () => {
    const colored = textOf(viewBreakerDescription(DESCRIBED, COLORED));
    expect(colored).toMatch(ANSI);
    expect(withoutAnsi(colored)).toBe(
      textOf(viewBreakerDescription(DESCRIBED, { ...TERMINAL_80, columns: 140 })),
    );
  });

  it("tells what is in force beside what is set, where they differ", () => {
    const thresholds = { failureThreshold: 5, openDurationMs: 60_000, successThreshold: 2 };
    const inForce = { failureThreshold: 2, openDurationMs: 60_000, successThreshold: null };
    const described = { ...DESCRIBED, breaker: { ...DESCRIBED.breaker, thresholds, inForce } };
    const lines = withoutAnsi(textOf(viewBreakerDescription(described, PIPED))).split("\n");
    expect(lines.filter((line) => line.includes("in force")).map((line) => line.trim())).toEqual([
      expect.stringMatching(/^failureThreshold +5 \(in force: 2\)$/),
    ]);
  });
});
