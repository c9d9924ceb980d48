import { describe, expect, it } from "vitest";
import { API_VERSION, type GroupList } from "../../../src/domain/answers.ts";
import { type Breaker, compareStates } from "../../../src/domain/breaker.ts";
import { summarise } from "../../../src/domain/fleet.ts";
import { viewGroupList } from "../../../src/views/text/group-list.ts";
import { breaker, OBSERVED_AT, PARTLY_READ, PIPED, SICK, TERMINAL_80, textOf, VERDICTS } from "../samples.ts";

function groupsOf(breakers: readonly Breaker[], errors: GroupList["errors"] = []): GroupList {
  const names = [...new Set(breakers.map(({ group }) => group))];
  return {
    apiVersion: API_VERSION,
    kind: "GroupList",
    context: "shop",
    system: "key-breakers",
    observedAt: OBSERVED_AT,
    summary: summarise(breakers),
    errors,
    groups: names.map((group) => {
      const members = breakers.filter((each) => each.group === group);
      const [worst = "unknown"] = members.map(({ state }) => state).sort(compareStates);
      return { group, state: worst, summary: summarise(members) };
    }),
  };
}

describe("viewGroupList", () => {
  it("is a row for each group, by its worst breaker", () => {
    expect(textOf(viewGroupList(groupsOf(SICK.breakers), TERMINAL_80))).toMatchInlineSnapshot(`
      "shop · key-breakers · 6 breakers: 1 open, 1 forced_open, 1 half_open, 1 disabled, 1 metrics_only, 1 closed
      ┌───────────────┬──────────┬──────────┬────────────────────────────┬───────┐
      │ STATE         │ GROUP    │ BREAKERS │ STATES                     │ MIXED │
      ├───────────────┼──────────┼──────────┼────────────────────────────┼───────┤
      │ ✖ open        │ deepseek │        2 │ 1 open, 1 closed           │     0 │
      │ ⊘ forced_open │ claude   │        2 │ 1 forced_open, 1 half_open │     0 │
      │ ○ disabled    │ gpt      │        2 │ 1 disabled, 1 metrics_only │     0 │
      └───────────────┴──────────┴──────────┴────────────────────────────┴───────┘"
    `);
  });

  it("is plain where it is piped, breakers without a group in a row of their own", () => {
    const list = groupsOf([...SICK.breakers, breaker("lonely", "closed")]);
    expect(textOf(viewGroupList(list, PIPED))).toMatchInlineSnapshot(`
      "STATE          GROUP     BREAKERS  STATES                      MIXED
      ✖ open         deepseek         2  1 open, 1 closed                0
      ⊘ forced_open  claude           2  1 forced_open, 1 half_open      0
      ○ disabled     gpt              2  1 disabled, 1 metrics_only      0
      ● closed       -                1  1 closed                        0"
    `);
  });

  it("says what could not be read", () => {
    const lines = [...viewGroupList(groupsOf(PARTLY_READ.breakers, PARTLY_READ.errors), TERMINAL_80)];
    expect(lines.at(-1)).toBe("! http://shop-3:8080: cannot reach http://shop-3:8080: connection refused");
    expect([...viewGroupList(groupsOf([], PARTLY_READ.errors), TERMINAL_80)]).toContain(
      "no breakers could be read",
    );
  });

  it("ends with what its alert rules say", () => {
    const lines = [...viewGroupList({ ...groupsOf(SICK.breakers), verdicts: VERDICTS }, PIPED)];
    expect(lines.at(-2)).toMatch(/^✖ firing/);
  });

  it("is nothing where it is piped and nothing is registered", () => {
    expect([...viewGroupList(groupsOf([]), PIPED)]).toEqual([]);
  });
});
