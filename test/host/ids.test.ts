import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { newId } from "../../src/host/ids.ts";

const filled = (byte: number) => (bytes: number) => new Uint8Array(bytes).fill(byte);

test.each([
  [0, 0, "00000000000000000000000000"],
  [1_469_918_176_385, 0, "01ARYZ6S410000000000000000"],
  [1_469_918_176_385, 255, "01ARYZ6S41ZZZZZZZZZZZZZZZZ"],
  [2 ** 48 - 1, 255, "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"],
])("the id of %i with bytes %i is %s", (now, byte, id) => {
  expect(newId(now, filled(byte))).toBe(id);
});

test("ids sort by time", () => {
  const ids = [1, 31, 32, 1_023, 1_024, 1_700_000_000_000, 1_700_000_000_001].map((now) =>
    newId(now, randomBytes),
  );
  expect(ids).toEqual([...ids].sort());
});

test("ids of one moment differ", () => {
  expect(new Set(Array.from({ length: 1_000 }, () => newId(5, randomBytes))).size).toBe(1_000);
});
