import { describe, expect, test } from "vitest";
import type { Store } from "../../../src/drivers/store/driver.ts";

export interface ContractLog {
  /** Another process' view of the same log. */
  readonly open: () => Store;
  /** Sets the time that the next appends are stamped with. */
  readonly setTime: (iso: string) => void;
}

const ANA = { user: "ana", host: "ops-1", ci: null };

const bodiesOf = (events: readonly { readonly body: unknown }[]) => events.map(({ body }) => body);

/** What every backend of the store must do. `newLog` gives a fresh log that takes the word `hunter2` for a secret. */
export function storeContract(backend: string, newLog: () => Promise<ContractLog>): void {
  describe(`${backend} store`, () => {
    test("a log that does not exist yet is empty and whole", async () => {
      const store = (await newLog()).open();
      expect(await store.read("journal/prod")).toEqual([]);
      expect(await store.list("")).toEqual([]);
      expect(await store.verify()).toMatchObject({ events: 0, lost: 0, torn: 0, faults: [] });
    });

    test("gives back what was appended, also to another process", async () => {
      const { open, setTime } = await newLog();
      setTime("2026-03-01T12:00:00.000Z");
      const body = { kind: "note", text: 'zwölf "Uhr"\n\u2028', deep: { list: [1, null, true] } };
      const appended = await open().append("journal/prod", 0, [body]);
      expect(appended).toEqual([
        {
          seq: 1,
          stream: "journal/prod",
          revision: 1,
          at: "2026-03-01T12:00:00.000Z",
          hash: expect.stringMatching(/^\S{16,}$/),
          body,
        },
      ]);
      expect(await open().read("journal/prod")).toEqual(appended);
    });

    test("counts revisions in each stream and seq over all of them", async () => {
      const store = (await newLog()).open();
      await store.append("a", 0, ["a1"]);
      await store.append("b", 0, ["b1"]);
      await store.append("a", 1, ["a2"]);
      const [a, b] = [await store.read("a"), await store.read("b")];
      expect(a.map(({ seq, revision, body }) => [seq, revision, body])).toEqual([
        [1, 1, "a1"],
        [3, 2, "a2"],
      ]);
      expect(b.map(({ seq, revision, body }) => [seq, revision, body])).toEqual([[2, 1, "b1"]]);
    });

    test("appends several bodies as one: all of them or none", async () => {
      const { open } = await newLog();
      const store = open();
      const appended = await store.append("run/1", 0, ["one", "two", "three"]);
      expect(appended.map(({ seq, revision }) => [seq, revision])).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
      ]);
      await expect(store.append("run/1", 1, ["four", "five"])).rejects.toMatchObject({ code: "conflict" });
      expect(bodiesOf(await open().read("run/1"))).toEqual(["one", "two", "three"]);
      await store.append("run/1", 3, ["four"]);
      expect((await open().read("run/1")).at(-1)).toMatchObject({ seq: 4, revision: 4, body: "four" });
    });

    test("appending nothing checks the revision and adds nothing", async () => {
      const store = (await newLog()).open();
      expect(await store.append("a", 0, [])).toEqual([]);
      await expect(store.append("a", 1, [])).rejects.toMatchObject({ code: "conflict" });
      expect(await store.verify()).toMatchObject({ events: 0, lost: 0 });
    });

    test("a conflict names who was there first, when, and both revisions", async () => {
      const { open, setTime } = await newLog();
      const [first, second] = [open(), open()];
      expect(await second.read("journal/prod")).toEqual([]);
      setTime("2026-03-01T12:34:56.000Z");
      await first.append("journal/prod", 0, [{ by: ANA }]);
      await expect(second.append("journal/prod", 0, [{ by: "late" }])).rejects.toMatchObject({
        code: "conflict",
        message: 'ana on ops-1 appended to "journal/prod" at 2026-03-01T12:34:56.000Z',
        reason: "it is at revision 1; this was prepared at revision 0",
      });
      expect(bodiesOf(await first.read("journal/prod"))).toEqual([{ by: ANA }]);
    });

    test.each([
      ["no body.by", { text: "x" }],
      ["a body that is no object", "x"],
      ["a null body", null],
      ["a body.by of another shape", { by: "ana" }],
    ])("a conflict with %s says somebody", async (_, body) => {
      const store = (await newLog()).open();
      await store.append("a", 0, [body]);
      await expect(store.append("a", 0, ["y"])).rejects.toThrow(/^somebody appended to "a" at /);
    });

    test("a revision that the stream never reached is a conflict too", async () => {
      const store = (await newLog()).open();
      await expect(store.append("a", 7, ["x"])).rejects.toMatchObject({ code: "conflict" });
      await store.append("a", 0, ["x"]);
      await expect(store.append("a", 7, ["y"])).rejects.toMatchObject({ code: "conflict" });
      expect(bodiesOf(await store.read("a"))).toEqual(["x"]);
    });

    test("appends to other streams in between are no conflict", async () => {
      const { open } = await newLog();
      const [first, second] = [open(), open()];
      await first.read("a");
      await second.append("b", 0, ["b1"]);
      expect(await first.append("a", 0, ["a1"])).toMatchObject([{ seq: 2, revision: 1 }]);
    });

    test("of appends at once to one stream exactly one wins", async () => {
      const { open } = await newLog();
      const stores = Array.from({ length: 8 }, open);
      const outcomes = await Promise.allSettled(stores.map((store, index) => store.append("a", 0, [index])));
      const winner = outcomes.findIndex(({ status }) => status === "fulfilled");
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(bodiesOf(await open().read("a"))).toEqual([winner]);
      expect((await open().verify()).faults).toEqual([]);
    });

    test("appends at once to streams of their own all succeed", async () => {
      const { open } = await newLog();
      await Promise.all(Array.from({ length: 8 }, (_, index) => open().append(`run/${index}`, 0, [index])));
      expect(await open().list("run/")).toHaveLength(8);
      expect(await open().verify()).toMatchObject({ events: 8, faults: [] });
    });

    test("calls at once on one store do not disturb each other", async () => {
      const store = (await newLog()).open();
      const rounds = Array.from({ length: 5 }, (_, index) => store.append("a", index, [index]));
      const reads = Array.from({ length: 5 }, () => store.read("a"));
      await Promise.all(rounds);
      for (const events of await Promise.all(reads)) expect(bodiesOf(events)).toEqual([0, 1, 2, 3, 4]);
    });

    test("a call that fails does not stop the next", async () => {
      const store = (await newLog()).open();
      const failing = store.append("a", 9, ["x"]);
      const following = store.append("a", 0, ["y"]);
      await expect(failing).rejects.toMatchObject({ code: "conflict" });
      expect(await following).toMatchObject([{ revision: 1, body: "y" }]);
    });

    test("lists the streams of a prefix by name, with their last revisions", async () => {
      const store = (await newLog()).open();
      await store.append("run/b", 0, [1, 2]);
      await store.append("run/a", 0, [1]);
      await store.append("runbook", 0, [1]);
      await store.append('odd "name"\\', 0, [1]);
      expect(await store.list("run/")).toEqual([
        { stream: "run/a", revision: 1 },
        { stream: "run/b", revision: 2 },
      ]);
      expect((await store.list("")).map(({ stream }) => stream)).toEqual([
        'odd "name"\\',
        "run/a",
        "run/b",
        "runbook",
      ]);
    });

    test("reads from an instant on", async () => {
      const { open, setTime } = await newLog();
      const store = open();
      const times = ["2026-03-01T12:00:00.000Z", "2026-03-01T12:10:00.000Z", "2026-03-01T12:20:00.000Z"];
      for (const [index, time] of times.entries()) {
        setTime(time);
        await store.append("a", index, [index]);
      }
      expect(bodiesOf(await store.read("a", "2026-03-01T12:10:00.000Z"))).toEqual([1, 2]);
      expect(bodiesOf(await store.read("a", "2026-03-01T12:20:00.001Z"))).toEqual([]);
    });

    test("keeps no secret", async () => {
      const { open } = await newLog();
      await open().append("a", 0, [
        { token: "Bearer hunter2", "hunter2-header": ["x", { deep: "hunter2" }] },
      ]);
      const text = JSON.stringify(await open().read("a"));
      expect(text).not.toContain("hunter2");
      expect(text).toContain("Bearer ***");
    });
  });
}
