import { describe, expect, test } from "vitest";
import {
  claimedTarget,
  foldJournal,
  type IntendedTarget,
  type IntentEvent,
  nameActor,
  type ResultEvent,
  readJournalEvent,
} from "../../src/domain/journal.ts";

function target(key: string, instance = "a", group: string | null = null): IntendedTarget {
  return { key, group, instance, before: null, to: { state: "closed" } };
}

function intent(id: string, ...targets: IntendedTarget[]): IntentEvent {
  const by = { user: "ana", host: "ops-1", ci: null };
  const rest = { system: "acme", reason: null, incident: null, approved: "digest", undoes: null };
  return { kind: "intent", id, action: "reset", context: "prod", by, targets, ...rest };
}

function result(id: string, reconciled = false, applied = 1): ResultEvent {
  return { kind: "result", id, results: [], applied, total: 1, reconciled };
}

const at = (minute: number) => `2026-03-01T12:0${minute}:00.000Z`;

describe("foldJournal", () => {
  test.each([
    ["nothing", [], []],
    ["an open intent", [intent("1")], [["1", null]]],
    ["a concluded one", [intent("1"), result("1")], [["1", 1]]],
    [
      "in order of intents",
      [intent("1"), intent("2"), result("2"), result("1")],
      [
        ["1", 1],
        ["2", 1],
      ],
    ],
    ["a result without an intent is no change", [result("9")], []],
    ["what was read back fills in", [intent("1"), result("1", true, 0)], [["1", 0]]],
    ["the sender outranks what was read back", [intent("1"), result("1", true, 0), result("1")], [["1", 1]]],
    ["and is not outranked by it", [intent("1"), result("1"), result("1", true, 0)], [["1", 1]]],
  ] as [string, (IntentEvent | ResultEvent)[], [string, number | null][]][])("%s", (_, events, told) => {
    const entries = foldJournal(events.map((event, index) => ({ at: at(index), event })));
    expect(entries.map((entry) => [entry.intent.id, entry.result?.applied ?? null])).toEqual(told);
  });

  test("keeps the moments of both", () => {
    const [entry] = foldJournal([
      { at: at(1), event: intent("1") },
      { at: at(2), event: result("1") },
    ]);
    expect(entry).toMatchObject({ at: at(1), resultAt: at(2) });
  });
});

test.each([
  [target("k"), true],
  [target("k", "b"), false],
  [target("k", "a", "g"), false],
  [target("l"), false],
])("a claim on k at a, %o: %s", (wanted, claimed) => {
  const entry = { at: at(1), intent: intent("1", target("j"), target("k")), result: null, resultAt: null };
  expect(claimedTarget(entry, [wanted]) !== undefined).toBe(claimed);
});

test.each([
  [null],
  [5],
  ["intent"],
  [[]],
  [{}],
  [{ kind: "intent", id: 5 }],
  [{ ...intent("1"), by: { user: "ana" } }],
  [{ ...intent("1"), targets: [5] }],
  [{ ...result("1"), results: "none" }],
  [{ kind: "later", id: "1" }],
])("%o is no event of the journal", (body) => {
  expect(readJournalEvent(body)).toBeNull();
});

test("its own events read back", () => {
  for (const event of [intent("1", target("k")), result("1")]) {
    expect(readJournalEvent(JSON.parse(JSON.stringify(event)))).toEqual(event);
  }
});

test.each([
  [{ user: "ana", host: "ops-1", ci: null }, "ana on ops-1"],
  [{ user: "ana", host: "runner", ci: "4711" }, "ana on runner (CI job 4711)"],
  [null, null],
  [{ user: 5, host: "x" }, null],
])("%o is %s", (actor, name) => {
  expect(nameActor(actor)).toBe(name);
});
