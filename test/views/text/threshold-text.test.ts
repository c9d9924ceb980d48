import { describe, expect, it } from "vitest";
import { parseDuration } from "../../../src/domain/vocabulary/duration.ts";
import { settingsText, thresholdName, thresholdText } from "../../../src/views/text/threshold-text.ts";

describe("thresholds in words", () => {
  it.each([
    ["failureThreshold", 5, "failureThreshold", "5"],
    ["openDurationMs", 60_000, "openDuration", "1m"],
    ["callTimeoutMs", 1_500, "callTimeout", "1.5s"],
    ["failureRateThreshold", 0.5, "failureRateThreshold", "0.5"],
    ["enabled", false, "enabled", "false"],
    ["openDurationMs", null, "openDuration", "-"],
    ["somethingNative", 3, "somethingNative", "3"],
  ] as const)("%s %s is %s %s", (jsonName, value, name, text) => {
    expect(thresholdName(jsonName)).toBe(name);
    expect(thresholdText(jsonName, value)).toBe(text);
  });

  it("are such as can be typed again", () => {
    expect(parseDuration(thresholdText("openDurationMs", 5_400_000))).toBe(5_400_000);
  });

  it("stand in one cell, what is not told left out", () => {
    const thresholds = { failureThreshold: 5, openDurationMs: 90_000, windowCalls: null };
    expect(settingsText(thresholds)).toBe("failureThreshold=5 openDuration=1m30s");
    expect(settingsText({ windowCalls: null })).toBe("-");
  });
});
