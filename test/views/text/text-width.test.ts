import { describe, expect, it } from "vitest";
import { cutText, textWidth } from "../../../src/views/text/text-width.ts";

describe("textWidth", () => {
  it.each([
    ["", 0],
    ["deepseek-1", 10],
    ["Zahlungsdienst für Käufe", 24],
    ["✖ open", 6],
    ["決済", 4],
    ["ｆｕｌｌ", 8],
    ["ｶﾅ", 2],
    ["한글", 4],
    ["한", 2],
    ["e\u0301", 1],
    ["🔥", 2],
    ["→", 1],
    ["𠮷", 2],
    ["\ufffd", 1],
  ])("%s takes %i columns", (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe("cutText", () => {
  it.each([
    ["short", 10, "short"],
    ["exactly-10", 10, "exactly-10"],
    ["payments-service", 10, "payments-…"],
    ["決済サービス", 12, "決済サービス"],
    ["決済サービス", 8, "決済サ…"],
    ["決済サービス", 7, "決済サ…"],
    ["決済サービス", 6, "決済…"],
    ["cafe\u0301-breaker", 6, "cafe\u0301-…"],
    ["🔥🔥🔥", 4, "🔥…"],
    ["anything", 1, "…"],
  ])("%s in %i columns is %s", (text, width, cut) => {
    expect(cutText(text, width)).toBe(cut);
    expect(textWidth(cut)).toBeLessThanOrEqual(width);
  });
});
