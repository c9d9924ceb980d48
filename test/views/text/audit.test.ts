import { describe, expect, it } from "vitest";
import { API_VERSION } from "../../../src/domain/answers.ts";
import type { JournalEntry } from "../../../src/domain/journal.ts";
import {
  viewAuditEntry,
  viewAuditList,
  viewAuditVerification,
  viewReconciliation,
} from "../../../src/views/text/audit.ts";
import { at, COLORED, journalEntry, PIPED, result, TERMINAL_140, textOf } from "../samples.ts";

const OPEN_ENDED = journalEntry("01JT0000000000000000000003", { result: null, resultAt: null });
const DONE = journalEntry("01JT0000000000000000000002");
const TAKEN_BACK: JournalEntry = {
  ...DONE,
  at: at(-60),
  intent: {
    ...DONE.intent,
    id: "01JT0000000000000000000004",
    action: "undo",
    by: { user: "runner", host: "ci-7", ci: "4711" },
    reason: null,
    incident: null,
    undoes: DONE.intent.id,
    targets: ["a", "b", "c", "d", "e"].flatMap((key) =>
      DONE.intent.targets.map((target) => ({ ...target, key })),
    ),
  },
  result: {
    kind: "result",
    id: "01JT0000000000000000000004",
    results: [result("applied"), result("unverified", { message: "it did not hold" })],
    applied: 1,
    total: 2,
    reconciled: true,
  },
};

describe("viewAuditList", () => {
  const list = {
    apiVersion: API_VERSION,
    kind: "AuditList",
    context: "shop",
    entries: [DONE, OPEN_ENDED, TAKEN_BACK],
  } as const;

  it("is a row for each change", () => {
    expect(textOf(viewAuditList(list, TERMINAL_140))).toMatchInlineSnapshot(`
      "WHEN     ACTION  RESULT                    BREAKERS               BY                     REASON                 ID
      10m ago  reset   applied 1/1               deepseek/deepseek-1    ana on ops-1           upstream is back · I…  01JT0000000000000000000002
      10m ago  reset   ? result unknown          deepseek/deepseek-1    ana on ops-1           upstream is back · I…  01JT0000000000000000000003
      1m ago   undo    applied 1/2 (reconciled)  deepseek/a, deepseek…  runner on ci-7 (CI j…  of 01JT0000000000000…  01JT0000000000000000000004"
    `);
  });

  it("names every breaker, and times, where it is piped", () => {
    const [, first, , last] = viewAuditList(list, PIPED);
    expect(first).toContain(`${at(-600)}  reset`);
    expect(last).toContain("deepseek/a, deepseek/b, deepseek/c, deepseek/d, deepseek/e");
  });

  it("says when nothing is journalled", () => {
    expect([...viewAuditList({ ...list, entries: [] }, PIPED)]).toEqual([
      "no changes of shop are journalled",
    ]);
  });
});

describe("viewAuditEntry", () => {
  const show = (entry: JournalEntry) =>
    textOf(viewAuditEntry({ apiVersion: API_VERSION, kind: "AuditEntry", context: "shop", entry }, PIPED));

  it("shows a change in full", () => {
    expect(show(DONE)).toMatchInlineSnapshot(`
      "id        01JT0000000000000000000002
      action    reset
      undoes    -
      context   shop · key-breakers
      by        ana on ops-1
      reason    upstream is back
      incident  INC-7
      approved  3f1c
      begun     2026-05-04T09:50:00.000Z
      ended     2026-05-04T09:50:03.000Z
      result    applied 1/1

      was to become
        deepseek/deepseek-1  http://shop-1:8080  ✖ open → ● closed

      became
        ✔ applied  deepseek/deepseek-1  http://shop-1:8080  ✖ open → ● closed"
    `);
  });

  it("does not pretend to know an end that was never written", () => {
    const text = show(OPEN_ENDED);
    expect(text).toContain("result    ? result unknown");
    expect(text).toContain("ended     -");
    expect(text).not.toContain("became\n");
  });

  it("says what was read back later, and by whom it was taken back", () => {
    const text = show(TAKEN_BACK);
    expect(text).toContain("applied 1/2 (reconciled)");
    expect(text).toContain("undoes    01JT0000000000000000000002");
    expect(text).toContain("runner on ci-7 (CI job 4711)");
  });
});

describe("viewAuditVerification", () => {
  const found = {
    apiVersion: API_VERSION,
    kind: "AuditVerification",
    file: "/state/log",
    events: 12,
  } as const;

  it("says that the journal is whole", () => {
    expect([...viewAuditVerification({ ...found, faults: [] }, PIPED)]).toEqual([
      "✔ /state/log: 12 events, unbroken",
    ]);
  });

  it("locates each fault by its line", () => {
    const faults = [{ line: 7, kind: "edited", message: "its digest is not the one it carries" }];
    expect([...viewAuditVerification({ ...found, faults }, PIPED)]).toEqual([
      "/state/log:7: edited: its digest is not the one it carries",
      "✖ /state/log: 12 events, 1 fault",
    ]);
    expect(textOf(viewAuditVerification({ ...found, faults }, COLORED))).toContain(
      "\u001b[31medited\u001b[39m",
    );
  });
});

describe("viewReconciliation", () => {
  const answer = { apiVersion: API_VERSION, kind: "Reconciliation", context: "shop" } as const;

  it("shows what was read back of each change", () => {
    expect(
      textOf(viewReconciliation({ ...answer, entries: [TAKEN_BACK, OPEN_ENDED] }, PIPED)),
    ).toMatchInlineSnapshot(`
      "01JT0000000000000000000004  undo  applied 1/2 (reconciled)
        ✔ applied     deepseek/deepseek-1  http://shop-1:8080  ✖ open → ● closed
        ! unverified  deepseek/deepseek-1  http://shop-1:8080  ✖ open → ● closed · it did not hold
      01JT0000000000000000000003  reset  ? result unknown"
    `);
  });

  it("says that nothing was left open", () => {
    expect([...viewReconciliation({ ...answer, entries: [] }, PIPED)]).toEqual([
      "✔ every change of shop has a known result",
    ]);
  });
});
