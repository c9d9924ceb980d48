import { describe, expect, test } from "vitest";
import {
  CbctlError,
  EXIT,
  EXIT_CODES,
  type ExitCode,
  messageOf,
  worstExitCode,
} from "../../src/domain/errors.ts";

describe("worstExitCode", () => {
  test.each([
    [[], 0],
    [[0, 0], 0],
    [[0, 1], 1],
    [[5, 9], 9],
    [[9, 3], 3],
    [[3, 4], 4],
    [[4, 7], 7],
    [[7, 8], 8],
    [[5, 9, 3, 4, 7, 8, 130, 2, 1], 8],
    [[0, 2], 2],
    [[2, 9], 9],
    [[130, 8], 8],
    [[0, 130], 130],
    [[0, 143, 130], 143],
  ] as [ExitCode[], ExitCode][])("of %o is %i", (codes, worst) => {
    expect(worstExitCode(codes)).toBe(worst);
  });

  test("does not depend on the order, and is one of them", () => {
    const codes = EXIT_CODES.map(({ code }) => code);
    for (const a of codes) {
      for (const b of codes) {
        expect(worstExitCode([a, b])).toBe(worstExitCode([b, a]));
        expect([a, b]).toContain(worstExitCode([a, b]));
        expect(worstExitCode([a, a, b])).toBe(worstExitCode([a, b]));
      }
    }
  });
});

test("every exit code has one name and one meaning", () => {
  expect(new Set(EXIT_CODES.map(({ code }) => code)).size).toBe(EXIT_CODES.length);
  expect(new Set(EXIT_CODES.map(({ name }) => name)).size).toBe(EXIT_CODES.length);
  expect(EXIT_CODES.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 124, 130, 143]);
});

describe("CbctlError", () => {
  test.each([
    ["internal", 1],
    ["usage", 2],
    ["invalid-document", 2],
    ["unknown-name", 2],
    ["out-of-bounds", 2],
    ["no-consent", 4],
    ["guard", 4],
    ["conflict", 4],
    ["unsupported", 4],
    ["untrusted", 6],
    ["not-recorded", 8],
    ["unreachable", 9],
    ["timed-out", 9],
    ["unauthorized", 9],
    ["rate-limited", 9],
    ["not-understood", 9],
    ["no-data", 9],
    ["no-storage", 9],
    ["interrupted", 130],
    ["terminated", 143],
  ] as const)("%s ends with %i", (code, exitCode) => {
    expect(new CbctlError(code, "it failed").exitCode).toBe(exitCode);
  });

  test("has three parts and a place, null where not given", () => {
    const { message, reason, hint, where } = new CbctlError("usage", "what", { reason: "why", hint: "try" });
    expect({ message, reason, hint, where }).toEqual({
      message: "what",
      reason: "why",
      hint: "try",
      where: null,
    });
  });
});

test("messageOf words whatever was thrown", () => {
  expect(messageOf(new Error("boom"))).toBe("boom");
  expect(messageOf("text")).toBe("text");
  expect(messageOf(undefined)).toBe("undefined");
  expect(EXIT.partial).toBe(8);
});
