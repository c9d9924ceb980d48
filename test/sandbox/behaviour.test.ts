import { expect, it } from "vitest";
import { readBehaviour } from "../../src/sandbox/behaviour.ts";

const broken = { kind: "fail", status: 503 };

it.each([
  { given: "ok", read: { kind: "ok" } },
  { given: { kind: "drop" }, read: { kind: "drop" } },
  { given: "fail", read: broken },
  { given: { kind: "fail", status: 500 }, read: { kind: "fail", status: 500 } },
  { given: { kind: "fail", status: "500" }, read: broken },
  { given: { kind: "slow", ms: 20 }, read: { kind: "slow", ms: 20 } },
  { given: { kind: "slow", ms: -1 }, read: { kind: "slow", ms: 1500 } },
  { given: { kind: "flaky", oks: 1, fails: 1 }, read: { kind: "flaky", oks: 1, fails: 1, broken } },
  { given: "explode", read: null },
  { given: {}, read: null },
  { given: null, read: null },
  { given: 3, read: null },
])("reads $given as $read", ({ given, read }) => {
  expect(readBehaviour(given)).toEqual(read);
});
