import { describe, expect, it } from "vitest";
import { loadPaint, plainPaint, TONES } from "../../../src/views/text/paint.ts";

describe("loadPaint", () => {
  it("paints nothing where colour is off", async () => {
    const paint = await loadPaint(false);
    expect(paint).toBe(plainPaint);
    expect(TONES.map((tone) => paint[tone]("text"))).toEqual(TONES.map(() => "text"));
  });

  it("paints every tone differently where colour is on, whatever the environment says", async () => {
    const paint = await loadPaint(true);
    const painted = TONES.map((tone) => paint[tone]("text"));
    expect(new Set(painted).size).toBe(TONES.length);
    expect(painted).toEqual([
      "\u001b[32mtext\u001b[39m",
      "\u001b[31mtext\u001b[39m",
      "\u001b[33mtext\u001b[39m",
      "\u001b[2mtext\u001b[22m",
      "\u001b[1mtext\u001b[22m",
    ]);
  });
});
