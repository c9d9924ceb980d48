import { describe, expect, test } from "vitest";
import { readSettings } from "../../src/dialect/settings.ts";
import { placeOf } from "../../src/domain/breaker.ts";
import { CbctlError } from "../../src/domain/errors.ts";
import { type Expectation, expectationOf } from "../../src/engine/plan-change.ts";
import { verifyChange } from "../../src/engine/verify-change.ts";
import { fakeContext } from "./fake-context.ts";
import { breaker, FAKE_SYSTEM, fakeFleet } from "./fake-fleet.ts";

const CLOSED = expectationOf("reset", undefined, []);
const K1 = placeOf({ instance: "a", group: null, key: "k1" });

/** What is concluded of k1 at a, whose state changes as the script says, `[after ms, state]`; null: it does not answer. */
async function watch(
  script: readonly (readonly [number, string | null])[],
  expectation: Expectation,
  holdMs = 3_000,
) {
  const own = breaker("k1", "open");
  const fleet = fakeFleet({ a: [own] });
  const { context, clock } = fakeContext(fleet);
  let answers = true;
  fleet.reading = () => {
    if (!answers) throw new CbctlError("unreachable", "cannot reach http://a");
    return undefined;
  };
  const become = (state: string | null) => {
    answers = state !== null;
    if (state !== null) own.state = state;
  };
  for (const [after, state] of script) {
    if (after === 0) become(state);
    else clock.after(after, () => become(state));
  }
  const seen = await verifyChange(context, context.instances, new Map([[K1, expectation]]), holdMs);
  return { ...seen.get(K1), reads: fleet.reads };
}

describe("a state over time", () => {
  test.each([
    ["good at once, and it holds", [[0, "closed"]], true, null],
    [
      "slow to become good",
      [
        [0, "open"],
        [1_200, "half_open"],
        [2_400, "closed"],
      ],
      true,
      null,
    ],
    ["never good", [[0, "open"]], false, "read back unchanged: still open after 3s"],
    ["halfway", [[0, "half_open"]], false, "read back unchanged: still half_open after 3s"],
    [
      "good, then bad",
      [
        [0, "closed"],
        [1_200, "open"],
      ],
      false,
      "it did not hold: it was open again after 1.5s",
    ],
    [
      "good, bad for a moment, good",
      [
        [0, "closed"],
        [900, "open"],
        [1_400, "closed"],
      ],
      false,
      "it did not hold: it was open again after 1s",
    ],
    [
      "good, and for a moment not to be read",
      [
        [0, "closed"],
        [900, null],
        [1_400, "closed"],
      ],
      false,
      "it did not hold: it could not be read after 1s",
    ],
    [
      "good, and at the end not to be read",
      [
        [0, "closed"],
        [2_900, null],
      ],
      false,
      "could not be read back: cannot reach http://a",
    ],
    ["never to be read", [[0, null]], false, "could not be read back: cannot reach http://a"],
    [
      "a word that nobody knows is not good",
      [[0, "fine"]],
      false,
      /^could not be read back: the answer has not the shape/,
    ],
  ] as [string, [number, string | null][], boolean, string | RegExp | null][])(
    "%s",
    async (_, script, holds, message) => {
      const seen = await watch(script, CLOSED);
      expect(seen).toMatchObject({
        holds,
        message: message instanceof RegExp ? expect.stringMatching(message) : message,
      });
    },
  );

  test.each([
    [0, 1],
    [10, 2],
    [60, 4],
    [3_000, 7],
    [60_000, 7],
  ])("held for %i ms it is looked at %i times", async (holdMs, reads) => {
    expect((await watch([[0, "closed"]], CLOSED, holdMs)).reads).toBe(reads);
  });

  test("a breaker that is not listed any more could not be read back", async () => {
    const fleet = fakeFleet({ a: [] });
    const { context } = fakeContext(fleet);
    const seen = await verifyChange(context, context.instances, new Map([[K1, CLOSED]]), 0);
    expect(seen.get(K1)).toEqual({
      holds: false,
      last: null,
      message: "could not be read back: it is not listed any more",
    });
  });

  test("an interruption ends the watching, not the answer", async () => {
    const fleet = fakeFleet({ a: [breaker("k1", "closed")] });
    const { context, interrupt } = fakeContext(fleet);
    interrupt();
    const seen = await verifyChange(context, context.instances, new Map([[K1, CLOSED]]), 60_000);
    expect(seen.get(K1)).toMatchObject({ holds: true });
    expect(fleet.reads).toBe(1);
  });
});

describe("thresholds", () => {
  const expecting = (...set: string[]) => expectationOf("patch", undefined, readSettings(FAKE_SYSTEM, set));

  test.each([
    ["that are there", ["failureThreshold=5", "openDuration=60s"], true, null],
    [
      "that are not",
      ["failureThreshold=7"],
      false,
      /^read back after 3s: failureThreshold=5, not failureThreshold=7$/,
    ],
    [
      "of which one is not",
      ["failureThreshold=5", "openDuration=90s"],
      false,
      /openDuration=1m, not openDuration=1m30s$/,
    ],
    [
      "that are not shown",
      ["halfOpenMaxCalls=3"],
      false,
      /^halfOpenMaxCalls was accepted; the system does not show it/,
    ],
    [
      "of which one is not shown and one is wrong",
      ["halfOpenMaxCalls=3", "failureThreshold=7"],
      false,
      /not failureThreshold=7$/,
    ],
  ])("%s", async (_, set, holds, message) => {
    const seen = await watch([[0, "open"]], expecting(...set));
    expect(seen).toMatchObject({ holds, message: message === null ? null : expect.stringMatching(message) });
  });
});

test("places are told apart: each is judged by its own instance", async () => {
  const fleet = fakeFleet({ a: [breaker("k1", "closed")], ab: [breaker("k1", "open")] });
  const { context } = fakeContext(fleet);
  const elsewhere = placeOf({ instance: "ab", group: null, key: "k1" });
  const seen = await verifyChange(
    context,
    context.instances,
    new Map([
      [K1, CLOSED],
      [elsewhere, CLOSED],
    ]),
    0,
  );
  expect([seen.get(K1)?.holds, seen.get(elsewhere)?.holds]).toEqual([true, false]);
});
