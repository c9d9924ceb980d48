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
    expect(textOf(viewBreakerLists(LISTS, TERMINAL_140))).toMatchInlineSnapshot();
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
    expect([...viewBreakerLists({ ...LISTS, items: [] }, TERMINAL_80)]).toEqual(["! old: 401 from http://old"]);
  });
});
