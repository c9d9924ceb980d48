import { expect, test } from "vitest";
import { lazily } from "../../src/host/lazily.ts";

test.each([[undefined], [null], [0], [{}]])("%j is made on the first call and kept", (value) => {
  let calls = 0;
  const get = lazily(() => {
    calls += 1;
    return value;
  });
  expect(calls).toBe(0);
  expect([get(), get()]).toEqual([value, value]);
  expect(calls).toBe(1);
});

test("what failed is tried again", () => {
  let calls = 0;
  const get = lazily(() => {
    calls += 1;
    if (calls === 1) throw new Error("not yet");
    return calls;
  });
  expect(get).toThrow("not yet");
  expect(get()).toBe(2);
});
