import { expect, it } from "vitest";
import { createCallWindow } from "../../src/sandbox/call-window.ts";

it.each([
  { size: 3, calls: "", expected: { calls: 0, errors: 0, rejected: 0 } },
  { size: 3, calls: ".x", expected: { calls: 2, errors: 1, rejected: 0 } },
  { size: 3, calls: "xxx...", expected: { calls: 3, errors: 0, rejected: 0 } },
  { size: 3, calls: ".xxxx", expected: { calls: 3, errors: 3, rejected: 0 } },
  { size: 3, calls: "xrrrr", expected: { calls: 1, errors: 1, rejected: 4 } },
  { size: 3, calls: "xrc.", expected: { calls: 1, errors: 0, rejected: 0 } },
])("after '$calls' a window of $size reads $expected", ({ size, calls, expected }) => {
  const window = createCallWindow(size);
  for (const call of calls) {
    if (call === "r") window.reject();
    else if (call === "c") window.clear();
    else window.add(call === ".");
  }
  expect(window.read()).toEqual(expected);
});
