import { describe, expect, it } from "vitest";
import { API_VERSION, type ChangeAnswer } from "../../../src/domain/answers.ts";
import { OUTCOMES } from "../../../src/domain/change-result.ts";
import { viewChangeResult } from "../../../src/views/text/change-result.ts";
import { COLORED, PIPED, result, TERMINAL_80, textOf, withoutAnsi } from "../samples.ts";

const RESET: ChangeAnswer = {
  apiVersion: API_VERSION,
  kind: "ChangeResult",
  action: "reset",
  context: "shop",
  system: "key-breakers",
  dryRun: false,
  results: [
    result("applied"),
    result("unchanged", { instance: "http://shop-2:8080", before: { state: "closed", thresholds: {} } }),
    result("failed", {
      instance: "http://shop-3:8080",
      before: null,
      after: null,
      message: "nothing was sent: cannot reach http://shop-3:8080: connection refused",
    }),
  ],
  applied: 2,
  total: 3,
  journalId: "01JT0000000000000000000001",
};

describe("viewChangeResult", () => {
  it("is a line for each instance and the sum", () => {
    expect(textOf(viewChangeResult(RESET, TERMINAL_80))).toMatchInlineSnapshot(`
      "reset · shop · key-breakers
      ✔ applied    deepseek/deepseek-1  http://shop-1:8080  ✖ open → ● closed
      = unchanged  deepseek/deepseek-1  http://shop-2:8080  ● closed
      ✖ failed     deepseek/deepseek-1  http://shop-3:8080  nothing was sent: cannot reach http://shop-3:8080: connection refused
      applied 2/3  journal 01JT0000000000000000000001"
    `);
  });

  it("is the same without its headline where it is piped", () => {
    const [, ...rest] = viewChangeResult(RESET, TERMINAL_80);
    expect([...viewChangeResult(RESET, PIPED)]).toEqual(rest);
  });

  it("shows a dry run as planned, with what would be sent", () => {
    const thresholds = { state: "closed", thresholds: { failureThreshold: 5 } } as const;
    const dry: ChangeAnswer = {
      ...RESET,
      action: "patch",
      dryRun: true,
      results: [
        result("planned", {
          before: thresholds,
          after: { ...thresholds, thresholds: { failureThreshold: 7 } },
        }),
        result("refused", { key: "deepseek-2", message: "it is forced_open: use cbctl release" }),
      ],
      applied: 0,
      total: 2,
      journalId: null,
      requests: ["curl -X PATCH http://shop-1:8080/api/v1/circuit-breaker/deepseek-1/config"],
    };
    expect(textOf(viewChangeResult(dry, TERMINAL_80))).toMatchInlineSnapshot(`
      "patch · shop · key-breakers · dry run, nothing was sent
      → planned  deepseek/deepseek-1  http://shop-1:8080  failureThreshold 5 → 7
      ⊘ refused  deepseek/deepseek-2  http://shop-1:8080  ✖ open → ● closed · it is forced_open: use cbctl release
      planned 1/2, nothing was sent

      requests
        curl -X PATCH http://shop-1:8080/api/v1/circuit-breaker/deepseek-1/config"
    `);
  });

  it("has a sign of its own for what was refused, lost or not confirmed", () => {
    const results = OUTCOMES.map((outcome) => result(outcome, { instance: outcome }));
    const lines = [...viewChangeResult({ ...RESET, results, applied: 2, total: 8 }, PIPED)];
    expect(lines.slice(0, -1).map((line) => line.split(/ {2,}/)[0])).toEqual([
      "→ planned",
      "✔ applied",
      "= unchanged",
      "✖ failed",
      "! unverified",
      "? unknown",
      "⊘ refused",
      "⊘ unsupported",
    ]);
  });

  it("paints the sum good only when all of it holds", () => {
    const sumOf = (answer: ChangeAnswer) => [...viewChangeResult(answer, COLORED)].at(-1);
    expect(sumOf(RESET)).toContain("\u001b[31mapplied 2/3\u001b[39m");
    expect(sumOf({ ...RESET, applied: 3 })).toContain("\u001b[32mapplied 3/3\u001b[39m");
    expect(withoutAnsi(sumOf(RESET) ?? "")).toBe("applied 2/3  journal 01JT0000000000000000000001");
  });

  it("says when there was nothing to change", () => {
    const none = { ...RESET, results: [], applied: 0, total: 0, journalId: null };
    expect([...viewChangeResult(none, PIPED)]).toEqual(["nothing to change", "applied 0/0"]);
  });
});
