import { describe, expect, it } from "vitest";
import { changedText, withMessage } from "../../../src/views/text/change-facts.ts";

const open = { state: "open", thresholds: {} } as const;
const closed = { state: "closed", thresholds: {} } as const;

function patched(before: number | null, after: number | null) {
  return {
    before: { state: "closed", thresholds: { failureThreshold: before } },
    after: { state: "closed", thresholds: { failureThreshold: after } },
  } as const;
}

describe("changedText", () => {
  it.each([
    { name: "a state that changed", before: open, after: closed, text: "✖ open → ● closed" },
    { name: "a state that stayed", before: closed, after: closed, text: "● closed" },
    { name: "a state of which the end is not known", before: open, after: null, text: "✖ open" },
    { name: "a state of which the start is not known", before: null, after: closed, text: "● closed" },
    { name: "nothing told", before: null, after: null, text: "" },
    { name: "nothing aimed at", before: null, after: {}, text: "" },
    { name: "a threshold", ...patched(5, 7), text: "failureThreshold 5 → 7" },
    { name: "a threshold that stayed", ...patched(5, 5), text: "failureThreshold 5" },
    {
      name: "a threshold that was not shown before",
      ...patched(null, 7),
      text: "failureThreshold (not shown by this system) → 7",
    },
    {
      name: "a threshold that is never shown",
      ...patched(null, null),
      text: "failureThreshold (not shown by this system)",
    },
    {
      name: "a threshold of which the end is not known",
      before: { state: "closed", thresholds: { failureThreshold: 5 } },
      after: null,
      text: "failureThreshold 5",
    },
    {
      name: "two thresholds, durations as they are typed",
      before: { state: "closed", thresholds: { failureThreshold: 5, openDurationMs: 60_000 } },
      after: { state: "closed", thresholds: { failureThreshold: 7, openDurationMs: 90_000 } },
      text: "failureThreshold 5 → 7, openDuration 1m → 1m30s",
    },
    {
      name: "a threshold and a state that moved beside it",
      before: { state: "open", thresholds: { failureThreshold: 5 } },
      after: { state: "closed", thresholds: { failureThreshold: 7 } },
      text: "✖ open → ● closed, failureThreshold 5 → 7",
    },
  ] as const)("$name: $text", ({ before, after, text }) => {
    expect(changedText(before, after)).toBe(text);
  });
});

describe("withMessage", () => {
  it.each([
    ["✖ open", "it did not hold", "✖ open · it did not hold"],
    ["✖ open", null, "✖ open"],
    ["", "nothing was sent", "nothing was sent"],
    ["", null, ""],
  ])("%j and %j: %j", (facts, message, cell) => {
    expect(withMessage(facts, message)).toBe(cell);
  });
});
