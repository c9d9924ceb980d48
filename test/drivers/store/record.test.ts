import { describe, expect, test } from "vitest";
import {
  GENESIS,
  hashOfLine,
  type NewRecord,
  readEvents,
  readLine,
  sealRecord,
} from "../../../src/drivers/store/record.ts";

const RECORD: NewRecord = {
  prev: GENESIS,
  stream: "journal/prod",
  revision: 3,
  seq: 9,
  at: "2026-03-01T12:00:00.000Z",
  nonce: "N",
  bodies: ["one", { two: 2 }],
};

describe("a sealed record", () => {
  test("reads back as what was sealed", () => {
    const { line, hash } = sealRecord(RECORD);
    const { nonce, bodies, ...header } = RECORD;
    expect(readLine(line)).toEqual({ kind: "record", record: { ...header, hash } });
    expect(hashOfLine(line)).toBe(hash);
  });

  test("counts the events in it up to its own seq and revision", () => {
    const { line, hash } = sealRecord(RECORD);
    const { stream, at } = RECORD;
    expect(readEvents({ ...RECORD, hash }, line)).toEqual([
      { seq: 8, revision: 2, stream, at, hash, body: "one" },
      { seq: 9, revision: 3, stream, at, hash, body: { two: 2 } },
    ]);
  });

  test.each([
    ["line break", "a\nb"],
    ["quote", 'a"b'],
    ["backslash", "a\\"],
    ["other alphabets", "журнал/прод"],
    ["nothing", ""],
  ])("a stream name with a %s stays one line and itself", (_, stream) => {
    const { line } = sealRecord({ ...RECORD, stream });
    expect(line).not.toContain("\n");
    expect(readLine(line)).toMatchObject({ kind: "record", record: { stream } });
  });

  test("a body that looks like a seal or a header does not mislead", () => {
    const { line: inner } = sealRecord(RECORD);
    const { line, hash } = sealRecord({ ...RECORD, stream: "a", bodies: [inner, '],"hash":"'] });
    expect(readLine(line)).toMatchObject({ kind: "record", record: { stream: "a", hash } });
    expect(readEvents({ ...RECORD, hash }, line).map(({ body }) => body)).toEqual([inner, '],"hash":"']);
  });

  test.each(["prev", "stream", "revision", "seq", "at", "nonce", "bodies"] as const)(
    "has %s in its hash",
    (name) => {
      const other = {
        prev: "1".repeat(64),
        stream: "b",
        revision: 4,
        seq: 10,
        at: "2027",
        nonce: "M",
        bodies: [],
      };
      expect(sealRecord({ ...RECORD, [name]: other[name] }).hash).not.toBe(sealRecord(RECORD).hash);
    },
  );
});

describe("a line that is no record", () => {
  const { line } = sealRecord(RECORD);

  test("is torn wherever it was cut off", () => {
    for (let end = 1; end < line.length; end += 1)
      expect(readLine(line.slice(0, end)), `cut at ${end}`).toEqual({ kind: "torn" });
  });

  test.each([
    ["newer", '{"v":2,"prev":"x"}'],
    ["newer", '{"v":12}'],
    ["foreign", "hello"],
    ["foreign", '{"level":"info"}'],
    ["foreign", '{"v":0,"prev":"x"}'],
    ["foreign", `x${line}`],
    ["foreign", "\0\0\0"],
    ["torn", `${line}x`],
    ["torn", line.replace('"seq":9', '"seq":-1')],
    ["torn", line.replace(/[0-9a-f]"\}$/, '"}')],
  ])("is %s: %s", (kind, text) => {
    expect(readLine(text)).toEqual({ kind });
  });

  test("has no events when its bodies were garbled", () => {
    const garbled = line.replace('"one"', '"one');
    const read = readLine(garbled);
    if (read.kind !== "record") throw new Error("the header is untouched");
    expect(readEvents(read.record, garbled)).toEqual([]);
    expect(hashOfLine(garbled)).not.toBe(read.record.hash);
  });
});
