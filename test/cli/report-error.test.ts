import { describe, expect, test } from "vitest";
import * as report from "../../src/cli/report-error.ts";
import { checkAnswer } from "../../src/documents/answers.ts";
import { CbctlError } from "../../src/domain/errors.ts";

const WHOLE = new CbctlError("guard", "what", { reason: "why", hint: "do that", where: "a.yaml:1:2" });

describe("errorDocument", () => {
  test.each([
    [
      WHOLE,
      { exitCode: 4, code: "guard", message: "what", reason: "why", hint: "do that", where: "a.yaml:1:2" },
    ],
    [
      new CbctlError("usage", "what"),
      { exitCode: 2, code: "usage", message: "what", reason: null, hint: null, where: null },
    ],
    [new TypeError("boom"), { exitCode: 1, code: "internal", message: "cbctl failed: boom" }],
    ["thrown text", { exitCode: 1, code: "internal", message: "cbctl failed: thrown text" }],
  ])("of %o", (error, told) => {
    const document = report.errorDocument(error);
    expect(document.error).toMatchObject(told);
    expect(checkAnswer("Error", document)).toEqual([]);
    expect(report.exitCodeOfError(error)).toBe(told.exitCode);
  });
});
