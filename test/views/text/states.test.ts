import { describe, expect, it } from "vitest";
import { BREAKER_STATES } from "../../../src/domain/breaker.ts";
import { countStates } from "../../../src/domain/fleet.ts";
import { countedStates, instancesText, stateText, stateTone } from "../../../src/views/text/states.ts";
import { textWidth } from "../../../src/views/text/text-width.ts";

describe("the signs of states", () => {
  it("are symbol, word and tone", () => {
    expect(BREAKER_STATES.map((state) => `${stateText(state)} ${stateTone(state)}`)).toEqual([
      "✖ open bad",
      "⊘ forced_open bad",
      "◐ half_open warn",
      "? unknown warn",
      "○ disabled dim",
      "◌ metrics_only dim",
      "● closed good",
    ]);
  });

  it("have a symbol each, one column wide", () => {
    const symbols = BREAKER_STATES.map((state) => stateText(state).slice(0, 1));
    expect(new Set(symbols).size).toBe(BREAKER_STATES.length);
    expect(symbols.map(textWidth)).toEqual(symbols.map(() => 1));
  });
});

describe("countedStates", () => {
  it("names what occurs, worst first", () => {
    const counts = countStates(["closed", "open", "closed", "unknown"]);
    expect(countedStates(counts).map(({ text }) => text)).toEqual(["1 open", "1 unknown", "2 closed"]);
  });

  it("counts every state that there is", () => {
    expect(countedStates(countStates(BREAKER_STATES)).map(({ text }) => text)).toEqual(
      BREAKER_STATES.map((state) => `1 ${state}`),
    );
  });
});

describe("instancesText", () => {
  it.each([
    [["closed", "closed", "closed"], "3/3"],
    [["open"], "1/1"],
    [["open", "closed", "open"], "2 open 1 closed"],
    [["closed", "unknown"], "1 unknown 1 closed"],
    [[], "0/0"],
  ] as const)("%j: %s", (states, text) => {
    expect(instancesText(countStates(states))).toBe(text);
  });
});
