import { describe, expect, it } from "vitest";
import { viewVerdictSummary, viewVerdicts } from "../../../src/views/text/verdicts.ts";
import { COLORED, PIPED, TERMINAL_80, textOf, VERDICTS } from "../samples.ts";

describe("viewVerdicts", () => {
  it("puts what fires first, then what cannot be told", () => {
    expect(textOf(viewVerdicts(VERDICTS, TERMINAL_80))).toMatchInlineSnapshot(`
      "✖ firing       any-open  deepseek  warning   1 of 2 open
      ? cannot tell  any-open  claude    warning   2 of 3 instances not read
      ✔ quiet        all-open  deepseek  critical  openShare 0.5 < 1"
    `);
  });

  it("never shows what cannot be told as good", () => {
    const untold = VERDICTS.filter(({ firing }) => firing === null);
    expect(textOf(viewVerdicts(untold, COLORED))).toContain("\u001b[33m? cannot tell\u001b[39m");
  });
});

describe("viewVerdictSummary", () => {
  const quiet = VERDICTS.filter(({ firing }) => firing === false);
  it.each([
    { when: "all is quiet", verdicts: quiet, lines: ["", "✔ quiet: all-open"] },
    { when: "nothing was judged", verdicts: [], lines: ["", "? no alert rule had anything to judge"] },
  ])("is one line when $when", ({ verdicts, lines }) => {
    expect([...viewVerdictSummary(verdicts, PIPED)]).toEqual(lines);
  });

  it("leaves out what is quiet when something is not", () => {
    const text = textOf(viewVerdictSummary(VERDICTS, PIPED));
    expect(text).toContain("✖ firing");
    expect(text).not.toContain("all-open");
  });
});
