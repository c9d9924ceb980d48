import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openStore } from "../../../src/drivers/store/index.ts";
import { sealRecord } from "../../../src/drivers/store/record.ts";
import { logOptions } from "./log-folder.ts";

const STREAM = "journal/prod";

/** A log of six events, in lines 2, 4 … 12 of its file. */
async function logOfSix() {
  const options = logOptions();
  const store = openStore(options);
  for (let index = 0; index < 6; index += 1) await store.append(STREAM, index, [`event ${index + 1}`]);
  const lines = readFileSync(options.file, "utf8").split("\n");
  return { options, lines };
}

/** What the log says of itself after somebody changed its lines. Editors count lines from 1: `at(lines, 4)` is line 4. */
async function tamper(change: (lines: string[]) => void) {
  const { options, lines } = await logOfSix();
  change(lines);
  writeFileSync(options.file, lines.join("\n"));
  const store = openStore(options);
  const { events, lost, torn, faults } = await store.verify();
  const bodies = (await store.read(STREAM)).map(({ body }) => Number(String(body).replace(/\D/g, "")));
  return {
    found: faults.map(({ line, kind }) => `${line} ${kind}`),
    messages: faults.map(({ message }) => message),
    events,
    lost,
    torn,
    bodies,
    store,
  };
}

const edit = (lines: string[], number: number, change: (text: string) => string) => {
  lines[number - 1] = change(lines[number - 1] ?? "");
};
const moveLine = (lines: string[], from: number, to: number) =>
  lines.splice(to - 1, 0, ...lines.splice(from - 1, 1));
const swapLines = (lines: string[], a: number, b: number) => {
  [lines[a - 1], lines[b - 1]] = [lines[b - 1] ?? "", lines[a - 1] ?? ""];
};
const ALL = [1, 2, 3, 4, 5, 6];

describe("a log that somebody changed", () => {
  test.each<[string, (lines: string[]) => void, string[], number[]]>([
    ["nothing", () => {}, [], ALL],
    [
      "a word of a body edited",
      (l) => edit(l, 6, (t) => t.replace("event 3", "event 7")),
      ["6 edited"],
      [1, 2, 7, 4, 5, 6],
    ],
    [
      "a space added",
      (l) => edit(l, 6, (t) => t.replace('"seq":3', '"seq":3 ')),
      ["6 edited"],
      [1, 2, 4, 5, 6],
    ],
    ["a time edited", (l) => edit(l, 6, (t) => t.replace("2026", "2025")), ["6 edited"], ALL],
    [
      "a body that is JSON no more",
      (l) => edit(l, 6, (t) => t.replace("event 3", 'ev"ent 3')),
      ["6 edited"],
      [1, 2, 4, 5, 6],
    ],
    [
      "the hash edited",
      (l) => edit(l, 6, (t) => t.replace(/.(?="\}$)/, (c) => (c === "0" ? "1" : "0"))),
      ["6 edited"],
      ALL,
    ],
    ["the hash cut off", (l) => edit(l, 6, (t) => t.slice(0, -40)), ["6 edited"], [1, 2, 4, 5, 6]],
    [
      "the chain hash edited",
      (l) => edit(l, 6, (t) => t.replace(/(?<="prev":")./, (c) => (c === "0" ? "1" : "0"))),
      ["6 edited"],
      ALL,
    ],
    [
      "the chain hash pointed at the start",
      (l) => edit(l, 6, (t) => t.replace(/("prev":")[0-9a-f]+/, `$1${"0".repeat(64)}`)),
      ["6 edited"],
      [1, 2, 4, 5, 6],
    ],
    [
      "the start of a line garbled",
      (l) => edit(l, 6, (t) => `# ${t}`),
      ["6 not-understood"],
      [1, 2, 4, 5, 6],
    ],
    [
      "the first line edited",
      (l) => edit(l, 2, (t) => t.replace("event 1", "event 8")),
      ["2 edited"],
      [8, 2, 3, 4, 5, 6],
    ],
    [
      "the last line edited",
      (l) => edit(l, 12, (t) => t.replace("event 6", "event 9")),
      ["12 edited"],
      [1, 2, 3, 4, 5, 9],
    ],
    [
      "two lines edited",
      (l) => [4, 10].map((n) => edit(l, n, (t) => t.replace("event", "Event"))),
      ["4 edited", "10 edited"],
      ALL,
    ],
    ["a line deleted", (l) => l.splice(5, 1), ["7 missing"], [1, 2, 4, 5, 6]],
    ["a line emptied", (l) => edit(l, 6, () => ""), ["8 missing"], [1, 2, 4, 5, 6]],
    ["the first line deleted", (l) => l.splice(1, 1), ["3 missing"], [2, 3, 4, 5, 6]],
    ["three lines deleted", (l) => l.splice(3, 5), ["5 missing"], [1, 5, 6]],
    [
      "lines deleted at two places",
      (l) => [l.splice(9, 1), l.splice(3, 1)],
      ["5 missing", "10 missing"],
      [1, 3, 4, 6],
    ],
    [
      "a line deleted and another edited",
      (l) => [edit(l, 10, (t) => t.replace("event", "Event")), l.splice(3, 1)],
      ["5 missing", "9 edited"],
      [1, 3, 4, 5, 6],
    ],
    ["neighbours swapped", (l) => swapLines(l, 6, 8), ["6 reordered"], [1, 2, 4, 5, 6]],
    ["a line moved to the end", (l) => moveLine(l, 4, 12), ["5 reordered"], [1, 3, 4, 5, 6]],
    ["the last two swapped", (l) => swapLines(l, 10, 12), ["10 reordered"], [1, 2, 3, 4, 6]],
    ["a line repeated", (l) => l.splice(8, 0, l[3] ?? ""), ["9 repeated"], ALL],
    [
      "a line of something else put in",
      (l) => l.splice(4, 0, "# checked, looks good"),
      ["5 not-understood"],
      ALL,
    ],
    ["empty lines put in and taken out", (l) => [l.splice(6, 1), l.splice(3, 0, "", "")], [], ALL],
    ["the last lines cut off", (l) => l.splice(9), [], [1, 2, 3, 4]],
    ["the last line left without its end", (l) => l.splice(12), [], [1, 2, 3, 4, 5]],
  ])("%s", async (_, change, found, bodies) => {
    const result = await tamper(change);
    expect(result.found).toEqual(found);
    expect(result.bodies).toEqual(bodies);
  });

  test("a line moved up is found, and no more than the lines around it are passed over", async () => {
    const { found, bodies } = await tamper((lines) => moveLine(lines, 8, 4));
    expect(found[0]).toBe("4 reordered");
    expect(found.every((fault) => fault.endsWith("reordered"))).toBe(true);
    expect(bodies).toEqual(expect.arrayContaining([1, 4, 6]));
  });

  test("messages name lines and counts", async () => {
    const deleted = await tamper((lines) => lines.splice(3, 3));
    expect(deleted.messages).toEqual([
      "lines are missing before line 5 (2 events, from number 2): what it was written after is not in the log",
    ]);
    const swapped = await tamper((lines) => swapLines(lines, 6, 8));
    expect(swapped.messages).toEqual([
      "line 6 is out of order: it was written right after what is now line 8",
    ]);
    const cut = await tamper((lines) => edit(lines, 6, (text) => text.slice(0, -40)));
    expect(cut.messages).toEqual([
      "line 6 was edited: line 8 was written after it, but it no longer reads as a record",
    ]);
  });

  test("a line rewritten with a right hash of its own is betrayed by the line after it", async () => {
    const { found } = await tamper((lines) =>
      edit(lines, 6, (text) => {
        const { v, hash, ...record } = JSON.parse(text);
        return sealRecord({ ...record, bodies: ["event 7"] }).line;
      }),
    );
    expect(found).toEqual(["8 missing"]);
  });

  test.each<[string, (lines: string[]) => void]>([
    ["edited", (l) => edit(l, 6, (t) => t.replace(/("prev":")[0-9a-f]+/, `$1${"0".repeat(64)}`))],
    ["deleted", (l) => l.splice(5, 1)],
    ["reordered", (l) => moveLine(l, 8, 4)],
    ["garbled at its end", (l) => edit(l, 12, (t) => t.slice(0, -1))],
  ])("a log with a line %s still takes events, and keeps them", async (_, change) => {
    const { store, found } = await tamper(change);
    const revision = (await store.read(STREAM)).at(-1)?.revision ?? 0;
    await store.append(STREAM, revision, ["event 77"]);
    await store.append(STREAM, revision + 1, ["event 88"]);
    expect((await store.read(STREAM)).slice(-2).map(({ body }) => body)).toEqual(["event 77", "event 88"]);
    expect((await store.verify()).faults).toHaveLength(found.length);
  });
});

describe("a log in normal life", () => {
  test("a lost attempt is counted, and is no fault", async () => {
    const { options, lines } = await logOfSix();
    const third = JSON.parse(lines[5] ?? "");
    const { line } = sealRecord({ ...third, nonce: "late", bodies: ["lost"] });
    writeFileSync(options.file, [...lines.slice(0, 8), line, ...lines.slice(8)].join("\n"));
    const store = openStore(options);
    expect(await store.verify()).toMatchObject({ events: 6, lost: 1, faults: [] });
    expect(await store.read(STREAM)).toHaveLength(6);
  });

  test("an edited lost attempt is found all the same", async () => {
    const { options, lines } = await logOfSix();
    const { line } = sealRecord({ ...JSON.parse(lines[5] ?? ""), nonce: "late", bodies: ["lost"] });
    writeFileSync(
      options.file,
      [...lines.slice(0, 8), line.replace("lost", "LOST"), ...lines.slice(8)].join("\n"),
    );
    expect((await openStore(options).verify()).faults).toMatchObject([{ line: 9, kind: "edited" }]);
  });

  test("a torn last line is counted, ended or not", async () => {
    const { options, lines } = await logOfSix();
    const torn = (lines[11] ?? "").slice(0, 100);
    for (const end of ["", "\n"]) {
      writeFileSync(options.file, `${lines.join("\n")}\n${torn}${end}`);
      expect(await openStore(options).verify()).toMatchObject({ events: 6, torn: 1, faults: [] });
    }
  });

  test("the head changes with every event and is the hash of the last", async () => {
    const store = openStore(logOptions());
    const heads = [(await store.verify()).head];
    for (let index = 0; index < 3; index += 1) {
      const [event] = await store.append("a", index, [index]);
      heads.push((await store.verify()).head);
      expect(heads.at(-1)).toBe(event?.hash);
    }
    expect(new Set(heads).size).toBe(4);
  });
});
