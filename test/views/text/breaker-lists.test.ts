import { describe, expect, it } from "vitest";
import { API_VERSION, type BreakerLists } from "../../../src/domain/answers.ts";
import { viewBreakerLists } from "../../../src/views/text/breaker-lists.ts";
import { EMPTY, PARTLY_READ, PIPED, SICK, TERMINAL_80, TERMINAL_140, textOf, VERDICTS } from "../samples.ts";

const LISTS: BreakerLists = {
  apiVersion: API_VERSION,
  kind: "BreakerLists",
  items: [SICK, { ...PARTLY_READ, context: "gate" }, { ...EMPTY, context: "new" }],
  errors: [{ context: "old", code: "unauthorized", message: "401 from http://old" }],
};

describe("viewBreakerLists", () => {
  it("is context by context for a person, and names those that could not be opened", () => {
    expect(textOf(viewBreakerLists(LISTS, TERMINAL_140))).toMatchInlineSnapshot(`
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
      └────────────────┴─────────────────────┴───────┴────────┴──────────┴─────────────────────┘

      gate · key-breakers · 2 breakers: 1 open, 1 unknown (2 not alike on all instances)
      ┌───────────┬─────────────────────┬───────────────────────────┬───────┬────────┬──────────┬────────────────────────────────────┐
      │ STATE     │ BREAKER             │ INSTANCES                 │ SINCE │ NEXT   │ FAILURES │ REASON                             │
      ├───────────┼─────────────────────┼───────────────────────────┼───────┼────────┼──────────┼────────────────────────────────────┤
      │ ✖ open    │ deepseek/deepseek-1 │ 1 open 1 unknown 1 closed │ 3m20s │ in 12s │    10/40 │ 5 failures in a row                │
      │ ? unknown │ deepseek/deepseek-2 │ 1 unknown 2 closed        │ -     │ -      │     0/40 │ 1 of 3 instances could not be read │
      └───────────┴─────────────────────┴───────────────────────────┴───────┴────────┴──────────┴────────────────────────────────────┘
      ! http://shop-3:8080: cannot reach http://shop-3:8080: connection refused

      new · key-breakers · 0 breakers
      no breakers
      ! old: 401 from http://old"
    `);
  });

  it("draws no boxes when they would not all fit the screen", () => {
    const text = textOf(viewBreakerLists(LISTS, TERMINAL_80));
    expect(text).not.toContain("│");
    expect(text).toContain("shop · key-breakers · 6 breakers");
  });

  it("is one table with the context in front where it is piped", () => {
    const lines = [...viewBreakerLists(LISTS, PIPED)];
    expect(lines[0]).toMatch(/^CONTEXT {2}STATE/);
    expect(lines.slice(1).map((line) => line.split(" ")[0])).toEqual([
      ...SICK.breakers.map(() => "shop"),
      ...PARTLY_READ.breakers.map(() => "gate"),
    ]);
  });

  it("ends with the verdicts of all contexts where it is piped", () => {
    const judged = { ...LISTS, items: LISTS.items.map((item) => ({ ...item, verdicts: VERDICTS })) };
    const firing = [...viewBreakerLists(judged, PIPED)].filter((line) => line.startsWith("✖ firing"));
    expect(firing.length).toBe(3);
  });

  it("says that there are no contexts", () => {
    expect([...viewBreakerLists({ ...LISTS, items: [], errors: [] }, TERMINAL_80)]).toEqual(["no contexts"]);
    expect([...viewBreakerLists({ ...LISTS, items: [] }, TERMINAL_80)]).toEqual([
      "! old: 401 from http://old",
    ]);
  });
});
