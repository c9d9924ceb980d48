import { describe, expect, it } from "vitest";
import { API_VERSION, type LintReport, type TrustReport } from "../../../src/domain/answers.ts";
import { EXIT_CODES } from "../../../src/domain/errors.ts";
import { viewExitCodes } from "../../../src/views/text/exit-codes.ts";
import { viewLintReport } from "../../../src/views/text/lint-report.ts";
import { viewTrustReport } from "../../../src/views/text/trust-report.ts";
import { COLORED, PIPED, TERMINAL_80, textOf, withoutAnsi } from "../samples.ts";

describe("viewLintReport", () => {
  const report: LintReport = {
    apiVersion: API_VERSION,
    kind: "LintReport",
    files: ["own.yaml", "other.yaml"],
    problems: [
      {
        file: "own.yaml",
        line: 12,
        column: 5,
        field: "spec.read.state",
        severity: "error",
        message: "no state is named",
        hint: "add `state: { at: … }`",
      },
      {
        file: "other.yaml",
        line: 1,
        column: 1,
        field: "",
        severity: "warning",
        message: "nothing changes here",
        hint: null,
      },
    ],
    errors: 1,
    warnings: 1,
  };

  it("is such as editors can jump to", () => {
    expect([...viewLintReport(report, PIPED)]).toEqual([
      "own.yaml:12:5: error: spec.read.state: no state is named",
      "  try: add `state: { at: … }`",
      "other.yaml:1:1: warning: nothing changes here",
      "2 files checked: 1 error, 1 warning",
    ]);
  });

  it("is one good line when nothing is wrong", () => {
    const clean = { ...report, files: ["own.yaml"], problems: [], errors: 0, warnings: 0 };
    expect([...viewLintReport(clean, PIPED)]).toEqual(["✔ 1 file checked, nothing found"]);
  });

  it("is the same text with colour", () => {
    expect(withoutAnsi(textOf(viewLintReport(report, COLORED)))).toBe(textOf(viewLintReport(report, PIPED)));
  });
});

describe("viewTrustReport", () => {
  const report: TrustReport = {
    apiVersion: API_VERSION,
    kind: "TrustReport",
    file: "own.yaml",
    digest: "sha256:9f86d081",
    hosts: ["metrics.example.com"],
    programs: ["kubectl"],
    changes: ["reset breaker: POST /breakers/{key}/reset"],
    trusted: true,
  };

  it("shows what the document could do", () => {
    expect(textOf(viewTrustReport(report, PIPED))).toMatchInlineSnapshot(`
      "file    own.yaml
      digest  sha256:9f86d081

      sends to
        metrics.example.com

      runs
        kubectl

      changes
        reset breaker: POST /breakers/{key}/reset

      ✔ trusted"
    `);
  });

  it("says so where it could do nothing of a kind", () => {
    const harmless = { ...report, hosts: [], programs: [], changes: [], trusted: false };
    const text = textOf(viewTrustReport(harmless, PIPED));
    expect(text).toContain("sends to\n  the instances of its context only");
    expect(text).toContain("runs\n  no program");
    expect(text).toContain("changes\n  nothing");
    expect(text).toMatch(/\n! not trusted: it may be read with, and changes nothing$/);
  });
});

describe("viewExitCodes", () => {
  it("shows every code with its whole meaning, on a narrow terminal too", () => {
    const list = { apiVersion: API_VERSION, kind: "ExitCodeList", exitCodes: EXIT_CODES } as const;
    const lines = [...viewExitCodes(list, { ...TERMINAL_80, columns: 20 })];
    expect(lines.length).toBe(EXIT_CODES.length + 1);
    for (const [index, { code, meaning }] of EXIT_CODES.entries()) {
      expect(lines[index + 1]?.trimStart().startsWith(`${code}  `)).toBe(true);
      expect(lines[index + 1]?.endsWith(meaning)).toBe(true);
    }
  });
});
