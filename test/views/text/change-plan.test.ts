import { describe, expect, it } from "vitest";
import type { ChangePlan, PlannedTarget } from "../../../src/domain/change-plan.ts";
import { viewChangePlan } from "../../../src/views/text/change-plan.ts";
import { COLORED, PIPED, TERMINAL_80, textOf } from "../samples.ts";

function target(instance: string, more: Partial<PlannedTarget> = {}): PlannedTarget {
  return {
    key: "deepseek-1",
    group: "deepseek",
    instance,
    before: { state: "open", thresholds: {} },
    to: { state: "closed" },
    outcome: "planned",
    message: null,
    ...more,
  };
}

const PLAN: ChangePlan = {
  action: "reset",
  context: "prod",
  system: "key-breakers",
  protected: true,
  reach: "breaker",
  reason: "upstream is back",
  targets: [
    target("http://shop-1:8080"),
    target("http://shop-2:8080"),
    target("http://shop-3:8080", {
      before: { state: "forced_open", thresholds: {} },
      outcome: "refused",
      message: "it is forced_open: use cbctl release",
    }),
    target("http://shop-4:8080", { before: null, to: {}, outcome: "unknown", message: "connection refused" }),
  ],
  selected: 1,
  of: 40,
  largest: { group: "deepseek", selected: 1, of: 2 },
  byItself: ["deepseek-1 tries again by itself in 12s"],
  notes: ["the count of failures starts anew"],
  requests: ["curl -X POST http://shop-1:8080/api/v1/circuit-breaker/deepseek-1/reset"],
};

describe("viewChangePlan", () => {
  it("shows how much of what, each difference, and what would happen by itself", () => {
    expect(textOf(viewChangePlan(PLAN, TERMINAL_80))).toMatchInlineSnapshot(`
      "reset 1 of 40 breakers, 1 of 2 in group deepseek · prod · key-breakers · protected
      → planned  deepseek/deepseek-1  on 2 instances: http://shop-1:8080, http://shop-2:8080  ✖ open → ● closed
      ⊘ refused  deepseek/deepseek-1  on http://shop-3:8080                                   ⊘ forced_open · it is forced_open: use cbctl release
      ? unknown  deepseek/deepseek-1  on http://shop-4:8080                                   connection refused
      deepseek-1 tries again by itself in 12s: wait?
      note: the count of failures starts anew
      reason: upstream is back"
    `);
  });

  it("joins the instances where all is alike and names the first three", () => {
    const targets = Array.from({ length: 50 }, (_, index) => target(`shop-${index + 1}`));
    const other = target("shop-51", { key: "deepseek-2" });
    const lines = [...viewChangePlan({ ...PLAN, targets: [...targets, other] }, PIPED)];
    expect(lines[1]).toBe(
      "→ planned  deepseek/deepseek-1  on 50 instances: shop-1, shop-2, shop-3 and 47 more  ✖ open → ● closed",
    );
    expect(lines[3]).toBe("deepseek-1 tries again by itself in 12s: wait?");
  });

  it("names no instance where all of them are meant", () => {
    const targets = Array.from({ length: 50 }, (_, index) => target(`shop-${index + 1}`));
    const lines = [...viewChangePlan({ ...PLAN, targets }, PIPED)];
    expect(lines[1]).toBe("→ planned  deepseek/deepseek-1  on all 50 instances  ✖ open → ● closed");
  });

  it("keeps instances apart whose values differ", () => {
    const patch = (instance: string, failureThreshold: number) =>
      target(instance, {
        before: { state: "closed", thresholds: { failureThreshold } },
        to: { thresholds: { failureThreshold: 9 } },
      });
    const targets = [patch("shop-1", 5), patch("shop-2", 7), patch("shop-3", 5)];
    const lines = [...viewChangePlan({ ...PLAN, action: "patch", targets }, PIPED)];
    expect(lines[1]).toContain("on 2 instances: shop-1, shop-3  failureThreshold 5 → 9");
    expect(lines[2]).toMatch(/on shop-2 {2,}failureThreshold 7 → 9$/);
  });

  it("names a reach that is wider than a breaker", () => {
    const [head] = viewChangePlan(
      { ...PLAN, reach: "all", selected: 40, largest: null, protected: false },
      PIPED,
    );
    expect(head).toBe("reset 40 of 40 breakers · prod · key-breakers · reach all");
  });

  it("shows requests when wide only", () => {
    expect(textOf(viewChangePlan(PLAN, TERMINAL_80))).not.toContain("curl");
    expect(textOf(viewChangePlan(PLAN, { ...TERMINAL_80, wide: true }))).toContain("curl -X POST");
  });

  it("stands out where the context is protected", () => {
    expect([...viewChangePlan(PLAN, COLORED)][0]).toContain("\u001b[33m · protected\u001b[39m");
  });

  it("says when there is nothing to change", () => {
    const none = { ...PLAN, targets: [], byItself: [], notes: [], reason: null };
    expect([...viewChangePlan(none, PIPED)].at(-1)).toBe("nothing to change");
  });
});
