import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { InstanceResult } from "../../src/domain/change-result.ts";
import type { IntendedTarget, IntentEvent, ResultEvent } from "../../src/domain/journal.ts";
import type { Store } from "../../src/drivers/store/driver.ts";
import { openStore } from "../../src/drivers/store/index.ts";
import { openJournal } from "../../src/engine/journal.ts";
import { createFiles } from "../../src/host/files.ts";

const NOON = Date.parse("2026-03-01T12:00:00.000Z");
const MINUTE = 60_000;

/** A journal on a real log, and a clock to set. `open` is what another process would open. */
function newJournal(context = "prod") {
  const folder = mkdtempSync(join(tmpdir(), "cbctl-journal-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const time = { now: NOON };
  const now = () => time.now;
  const openLog = () =>
    openStore({
      file: join(folder, "log.jsonl"),
      files: createFiles(),
      clock: { now },
      redact: (text) => text,
      newId: randomUUID,
    });
  const store = openLog();
  const open = (store: Store = openLog(), name = context) => openJournal(store, name, now);
  return { time, store, open, openLog, journal: open(store) };
}

function target(key: string, instance = "eu-1", group: string | null = "payments"): IntendedTarget {
  return { key, group, instance, before: null, to: { state: "closed" } };
}

function intent(id: string, ...targets: IntendedTarget[]): IntentEvent {
  return {
    kind: "intent",
    id,
    action: "reset",
    context: "prod",
    system: "acme",
    by: { user: "ana", host: "ops-1", ci: null },
    reason: "upstream is back",
    incident: null,
    targets,
    approved: "digest",
    undoes: null,
  };
}

function result(id: string, changes: Partial<ResultEvent> = {}): ResultEvent {
  const told: InstanceResult = {
    key: "stripe",
    group: "payments",
    instance: "eu-1",
    before: null,
    after: { state: "closed", thresholds: {} },
    outcome: "applied",
    message: null,
  };
  return { kind: "result", id, results: [told], applied: 1, total: 1, reconciled: false, ...changes };
}

describe("a journal", () => {
  test("is empty before the first change", async () => {
    const { journal } = newJournal();
    expect(await journal.entries()).toEqual([]);
    expect(await journal.open()).toEqual([]);
  });

  test("tells a change from intent to result, with both times", async () => {
    const { journal, open, time } = newJournal();
    const wanted = intent("j1", target("stripe"));
    await journal.intend(wanted);
    expect(await open().open()).toEqual([
      { at: "2026-03-01T12:00:00.000Z", intent: wanted, result: null, resultAt: null },
    ]);
    time.now += 5_000;
    await journal.conclude(result("j1"));
    const entry = {
      at: "2026-03-01T12:00:00.000Z",
      intent: wanted,
      result: result("j1"),
      resultAt: "2026-03-01T12:00:05.000Z",
    };
    expect(await open().entries()).toEqual([entry]);
    expect(await open().open()).toEqual([]);
  });

  test("lists changes in the order they were intended, whichever ended first", async () => {
    const { journal } = newJournal();
    await journal.intend(intent("j1", target("stripe")));
    await journal.intend(intent("j2", target("paypal")));
    await journal.conclude(result("j2"));
    expect((await journal.entries()).map((entry) => [entry.intent.id, entry.result === null])).toEqual([
      ["j1", true],
      ["j2", false],
    ]);
    expect((await journal.open()).map((entry) => entry.intent.id)).toEqual(["j1"]);
  });

  test("knows only the changes of its own context", async () => {
    const { open } = newJournal();
    await open(undefined, "prod").intend(intent("j1", target("stripe")));
    await open(undefined, "prod-eu").intend(intent("j2", target("stripe")));
    expect((await open(undefined, "prod").entries()).map((entry) => entry.intent.id)).toEqual(["j1"]);
    expect((await open(undefined, "prod-eu").entries()).map((entry) => entry.intent.id)).toEqual(["j2"]);
  });

  test("passes over what it does not understand", async () => {
    const { journal, store } = newJournal();
    const strange = [
      null,
      7,
      "text",
      [],
      { kind: "note", id: "n1" },
      { kind: "intent", id: "x" },
      { kind: "result", id: "j1" },
    ];
    await store.append("journal/prod", 0, strange);
    await journal.intend(intent("j1", target("stripe")));
    expect((await journal.entries()).map((entry) => entry.intent.id)).toEqual(["j1"]);
    expect((await journal.open()).map((entry) => entry.intent.id)).toEqual(["j1"]);
  });
});

describe("an open intent", () => {
  test("refuses another change of its target, naming who, since when, what and how to go on", async () => {
    const { journal, open, time } = newJournal();
    await journal.intend(intent("j1", target("paypal"), target("stripe")));
    time.now += MINUTE;
    await expect(open().intend(intent("j2", target("stripe")))).rejects.toMatchObject({
      code: "conflict",
      exitCode: 4,
      message: "payments/stripe at eu-1 is being changed by ana on ops-1 since 2026-03-01T12:00:00.000Z",
      reason: "reset j1 has no result yet: it is still at work, or died on the way",
      hint: expect.stringContaining("cbctl audit reconcile"),
    });
    expect((await open().entries()).map((entry) => entry.intent.id)).toEqual(["j1"]);
  });

  test("of a key without a group is named by the key alone", async () => {
    const { journal } = newJournal();
    await journal.intend(intent("j1", target("stripe", "eu-1", null)));
    await expect(journal.intend(intent("j2", target("stripe", "eu-1", null)))).rejects.toThrow(
      /^stripe at eu-1 is/,
    );
  });

  test.each([
    ["another key", target("paypal")],
    ["another instance", target("stripe", "eu-2")],
    ["another group", target("stripe", "eu-1", "orders")],
    ["no group", target("stripe", "eu-1", null)],
    ["a key that only looks alike when joined", target("eu-1", "stripe")],
  ])("does not stand in the way of %s", async (_, other) => {
    const { journal, open } = newJournal();
    await journal.intend(intent("j1", target("stripe")));
    await open().intend(intent("j2", other));
    expect(await journal.open()).toHaveLength(2);
  });

  test("claims nothing once it has a result", async () => {
    const { journal, open } = newJournal();
    await journal.intend(intent("j1", target("stripe")));
    await journal.conclude(result("j1"));
    await open().intend(intent("j2", target("stripe")));
    expect((await journal.open()).map((entry) => entry.intent.id)).toEqual(["j2"]);
  });

  test.each([
    ["9 min 59 s", 10 * MINUTE - 1_000, 1],
    ["10 min", 10 * MINUTE, 1],
    ["10 min 1 ms", 10 * MINUTE + 1, 2],
  ])("after %s: claims hold for ten minutes; it stays open all the same", async (_, age, opened) => {
    const { journal, open, time } = newJournal();
    await journal.intend(intent("j1", target("stripe")));
    time.now += age;
    await open()
      .intend(intent("j2", target("stripe")))
      .catch((error) => expect(error).toMatchObject({ code: "conflict" }));
    expect(await journal.open()).toHaveLength(opened);
  });
});

describe("at once", () => {
  test("of changes to one target exactly one is let through", async () => {
    const { open } = newJournal();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => open().intend(intent(`j${index}`, target("stripe")))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refused).toHaveLength(9);
    for (const { reason } of refused)
      expect(reason.message).toMatch(/^payments\/stripe at eu-1 is being changed by ana/);
    expect(await open().open()).toHaveLength(1);
  });

  test("changes to targets of their own all go through, and so do their results", async () => {
    const { open } = newJournal();
    const ids = Array.from({ length: 10 }, (_, index) => `j${index}`);
    await Promise.all(ids.map((id) => open().intend(intent(id, target(id)))));
    expect(await open().open()).toHaveLength(10);
    await Promise.all(ids.map((id) => open().conclude(result(id))));
    expect(await open().open()).toEqual([]);
    expect((await open().entries()).map((entry) => entry.intent.id).sort()).toEqual(ids);
  });
});

describe("a result", () => {
  test("needs an intent", async () => {
    const { journal, store } = newJournal();
    await expect(journal.conclude(result("j9"))).rejects.toMatchObject({
      code: "unknown-name",
      message: "the journal has no change j9",
    });
    expect(await store.read("journal/prod")).toEqual([]);
  });

  test("that was read back never replaces one that is known", async () => {
    const { journal } = newJournal();
    await journal.intend(intent("j1", target("stripe")));
    await journal.conclude(result("j1"));
    await expect(journal.conclude(result("j1", { reconciled: true }))).rejects.toMatchObject({
      code: "conflict",
      message: "j1 has a result since 2026-03-01T12:00:00.000Z",
      hint: "see it with: cbctl audit show j1",
    });
    expect((await journal.entries())[0]?.result?.reconciled).toBe(false);
  });

  test("that was read back and raced with the sender's own does not outrank it in the log either", async () => {
    const { journal, store } = newJournal();
    await journal.intend(intent("j1", target("stripe")));
    await store.append("journal/prod", 1, [result("j1"), result("j1", { reconciled: true, applied: 0 })]);
    expect((await journal.entries())[0]?.result).toEqual(result("j1"));
  });

  test("of the sender itself replaces one that was read back: the sender was only slow", async () => {
    const { journal } = newJournal();
    await journal.intend(intent("j1", target("stripe")));
    await journal.conclude(result("j1", { reconciled: true, applied: 0 }));
    await journal.conclude(result("j1"));
    expect((await journal.entries())[0]?.result).toEqual(result("j1"));
  });
});

test("a log that cannot be written lets no change begin", async () => {
  const { openLog, open } = newJournal();
  const full: Store = { ...openLog(), append: () => Promise.reject(new Error("disk full")) };
  await expect(open(full).intend(intent("j1", target("stripe")))).rejects.toThrow("disk full");
  expect(await open().entries()).toEqual([]);
});
