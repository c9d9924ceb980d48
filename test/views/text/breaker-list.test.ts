import { describe, expect, it } from "vitest";
import { viewBreakerList } from "../../../src/views/text/breaker-list.ts";
import { textWidth } from "../../../src/views/text/text-width.ts";
import {
  at,
  breakerList,
  COLORED,
  EMPTY,
  OPENED,
  PARTLY_READ,
  PIPED,
  reading,
  SICK,
  TERMINAL_80,
  TERMINAL_140,
  textOf,
  VERDICTS,
  withoutAnsi,
} from "../samples.ts";

describe("viewBreakerList", () => {
  it("gives up borders before names on a terminal of 80 columns", () => {
    expect(textOf(viewBreakerList(SICK, TERMINAL_80))).toMatchInlineSnapshot(`
      "shop · key-breakers · 6 breakers: 1 open, 1 forced_open, 1 half_open, 1 disabled, 1 metrics_only, 1 closed
      STATE           BREAKER              SINCE  NEXT    FAILURES  REASON
      ✖ open          deepseek/deepseek-1  3m20s  in 12s      5/20  5 failures in a r…
      ⊘ forced_open   claude/claude-2      2d7h   -           0/20  forced by ana
      ◐ half_open     claude/claude-1      1h6m   -           0/20  -
      ○ disabled      gpt/gpt-1            -      -           0/20  -
      ◌ metrics_only  gpt/gpt-2            -      -           0/20  -
      ● closed        deepseek/deepseek-2  -      -           0/20  -"
    `);
  });

  it("is a headline and a box on 140 columns", () => {
    expect(textOf(viewBreakerList(SICK, TERMINAL_140))).toMatchInlineSnapshot(`
      "shop · key-breakers · 6 breakers: 1 open, 1 forced_open, 1 half_open, 1 disabled, 1 metrics_only, 1 closed
      ┌────────────────┬─────────────────────┬───────┬────────┬──────────┬─────────────────────┐
      │ STATE          │ BREAKER             │ SINCE │ NEXT   │ FAILURES │ REASON              │
      ├────────────────┼─────────────────────┼───────┼────────┼──────────┼─────────────────────┤
      │ ✖ open         │ deepseek/deepseek-1 │ 3m20s │ in 12s │     5/20 │ 5 failures in a row │
      │ ⊘ forced_open  │ claude/claude-2     │ 2d7h  │ -      │     0/20 │ forced by ana       │
      │ ◐ half_open    │ claude/claude-1     │ 1h6m  │ -      │     0/20 │ -                   │
      │ ○ disabled     │ gpt/gpt-1           │ -     │ -      │     0/20 │ -                   │
      │ ◌ metrics_only │ gpt/gpt-2           │ -     │ -      │     0/20 │ -                   │
      │ ● closed       │ deepseek/deepseek-2 │ -     │ -      │     0/20 │ -                   │
      └────────────────┴─────────────────────┴───────┴────────┴──────────┴─────────────────────┘"
    `);
  });

  it("has no column for instances on a terminal where there is one only", () => {
    const two = breakerList([[reading("a", "closed")], [reading("a", "closed")]]);
    expect([...viewBreakerList(SICK, TERMINAL_140)][2]).not.toContain("INSTANCES");
    expect([...viewBreakerList(two, TERMINAL_140)][2]).toContain("INSTANCES");
    expect([...viewBreakerList(SICK, PIPED)][0]).toContain("INSTANCES");
  });

  it("is whole, with times and without headline, where it is piped", () => {
    expect(textOf(viewBreakerList(SICK, PIPED))).toMatchInlineSnapshot(`
      "STATE           BREAKER              INSTANCES  SINCE                     NEXT                      FAILURES  REASON
      ✖ open          deepseek/deepseek-1  1/1        2026-05-04T09:56:40.000Z  2026-05-04T10:00:12.000Z      5/20  5 failures in a row
      ⊘ forced_open   claude/claude-2      1/1        2026-05-02T02:26:40.000Z  -                             0/20  forced by ana
      ◐ half_open     claude/claude-1      1/1        2026-05-04T08:53:20.000Z  -                             0/20  -
      ○ disabled      gpt/gpt-1            1/1        -                         -                             0/20  -
      ◌ metrics_only  gpt/gpt-2            1/1        -                         -                             0/20  -
      ● closed        deepseek/deepseek-2  1/1        -                         -                             0/20  -"
    `);
  });

  it("adds the native state, counts and thresholds when wide", () => {
    expect(textOf(viewBreakerList(SICK, { ...PIPED, wide: true }))).toMatchInlineSnapshot(`
      "STATE           BREAKER              INSTANCES  SINCE                     NEXT                      FAILURES  REASON               NATIVE        SUCCESSES  REJECTED  OVER    THRESHOLDS
      ✖ open          deepseek/deepseek-1  1/1        2026-05-04T09:56:40.000Z  2026-05-04T10:00:12.000Z      5/20  5 failures in a row  OPEN                 15        42  window  failureThreshold=5 openDuration=1m
      ⊘ forced_open   claude/claude-2      1/1        2026-05-02T02:26:40.000Z  -                             0/20  forced by ana        FORCED_OPEN          20         0  window  failureThreshold=5 openDuration=1m
      ◐ half_open     claude/claude-1      1/1        2026-05-04T08:53:20.000Z  -                             0/20  -                    HALF_OPEN            20         0  window  failureThreshold=5 openDuration=1m
      ○ disabled      gpt/gpt-1            1/1        -                         -                             0/20  -                    DISABLED             20         0  window  failureThreshold=5 openDuration=1m
      ◌ metrics_only  gpt/gpt-2            1/1        -                         -                             0/20  -                    METRICS_ONLY         20         0  window  failureThreshold=5 openDuration=1m
      ● closed        deepseek/deepseek-2  1/1        -                         -                             0/20  -                    CLOSED               20         0  window  failureThreshold=5 openDuration=1m"
    `);
  });

  it("paints states by what they mean and moves nothing by it", () => {
    const text = textOf(viewBreakerList(SICK, COLORED));
    expect(text).toContain("\u001b[31m✖ open\u001b[39m");
    expect(text).toContain("\u001b[32m● closed\u001b[39m");
    expect(withoutAnsi(text)).toBe(textOf(viewBreakerList(SICK, TERMINAL_140)));
  });

  it("names the instances that could not be read and those that differ", () => {
    expect(textOf(viewBreakerList(PARTLY_READ, TERMINAL_140))).toMatchInlineSnapshot(`
      "shop · key-breakers · 2 breakers: 1 open, 1 unknown (2 not alike on all instances)
      ┌───────────┬─────────────────────┬───────────────────────────┬───────┬────────┬──────────┬────────────────────────────────────┐
      │ STATE     │ BREAKER             │ INSTANCES                 │ SINCE │ NEXT   │ FAILURES │ REASON                             │
      ├───────────┼─────────────────────┼───────────────────────────┼───────┼────────┼──────────┼────────────────────────────────────┤
      │ ✖ open    │ deepseek/deepseek-1 │ 1 open 1 unknown 1 closed │ 3m20s │ in 12s │    10/40 │ 5 failures in a row                │
      │ ? unknown │ deepseek/deepseek-2 │ 1 unknown 2 closed        │ -     │ -      │     0/40 │ 1 of 3 instances could not be read │
      └───────────┴─────────────────────┴───────────────────────────┴───────┴────────┴──────────┴────────────────────────────────────┘
      ! http://shop-3:8080: cannot reach http://shop-3:8080: connection refused"
    `);
  });

  it("keeps errors out of what is piped, but not the doubt that they cause", () => {
    const text = textOf(viewBreakerList(PARTLY_READ, PIPED));
    expect(text).not.toContain("connection refused");
    expect(text).toContain("? unknown");
    expect(text).toContain("1 unknown 2 closed");
  });

  it("changes to columns when the box would not fit the screen", () => {
    const long = breakerList([Array.from({ length: 20 }, (_, index) => reading(`key-${index}`, "closed"))]);
    expect(textOf(viewBreakerList(long, TERMINAL_80))).not.toContain("│");
    expect(textOf(viewBreakerList(long, { ...TERMINAL_80, rows: 40 }))).toContain("│");
  });

  it("says that there are no breakers, to a person only", () => {
    expect([...viewBreakerList(EMPTY, TERMINAL_80)]).toEqual([
      "shop · key-breakers · 0 breakers",
      "no breakers",
    ]);
    expect([...viewBreakerList(EMPTY, PIPED)]).toEqual([]);
  });

  it("does not call a fleet empty that could not be read", () => {
    const dead = breakerList([
      { instance: "", code: "timed-out", message: "no answer in 10s", hint: "is it up?" },
    ]);
    expect([...viewBreakerList(dead, TERMINAL_80)]).toEqual([
      "shop · key-breakers · 0 breakers",
      "no breakers could be read",
      "! http://shop-1:8080: no answer in 10s (is it up?)",
    ]);
  });

  it("ends with what its alert rules say", () => {
    const judged = { ...SICK, verdicts: VERDICTS };
    expect(textOf(viewBreakerList(judged, PIPED)).split("\n").slice(-3)).toEqual([
      "",
      "✖ firing       any-open  deepseek  warning  1 of 2 open",
      "? cannot tell  any-open  claude    warning  2 of 3 instances not read",
    ]);
  });

  it("shows a missing count as missing, never as zero", () => {
    const counts = { failures: 3, successes: null, calls: null, rejected: null, scope: null };
    const none = { ...counts, failures: null };
    const list = breakerList([[reading("a", "open", { counts }), reading("b", "open", { counts: none })]]);
    const [, first, second] = viewBreakerList(list, PIPED);
    expect(first).toMatch(/a .* 3\/-/);
    expect(second?.split(/ {2,}/)).toEqual(["✖ open", "b", "1/1", "-", "-", "-", "-"]);
  });

  it.each([80, 140])("stays within %i columns whatever names and reasons are", (columns) => {
    const hostile = ["--all", "a|b", 'say "hi", twice', "決済サービス".repeat(30), "x".repeat(300), "=1+1"];
    const breakers = hostile.map((key) => ({ ...OPENED, key, group: null, reason: key, since: at(-5) }));
    for (const rows of [3, 60]) {
      const lines = [...viewBreakerList(breakerList([breakers]), { ...TERMINAL_140, columns, rows })];
      expect(lines.filter((line) => textWidth(line) > columns)).toEqual([]);
      expect(lines.length).toBe(1 + 1 + hostile.length);
    }
  });

  it.each([
    [undefined, null],
    [{ ready: true, degraded: ["b"], source: "GET /ready" }, null],
    [
      { ready: false, degraded: ["a", "b"], source: "GET /ready" },
      "! it is not ready, says GET /ready; degraded: a, b",
    ],
    [{ ready: false, degraded: [], source: "GET /ready" }, "! it is not ready, says GET /ready"],
    [null, "! whether it is ready could not be told"],
  ])("of health %o says %s", (health, line) => {
    const list = { ...SICK, ...(health !== undefined && { health }) };
    const added = [...viewBreakerList(list, TERMINAL_140)].slice(
      [...viewBreakerList(SICK, TERMINAL_140)].length,
    );
    expect(added).toEqual(line === null ? [] : [line]);
    expect(textOf(viewBreakerList(list, PIPED))).toBe(textOf(viewBreakerList(SICK, PIPED)));
  });
});
