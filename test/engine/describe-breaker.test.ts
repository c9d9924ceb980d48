import { describe, expect, test } from "vitest";
import { describeBreaker } from "../../src/engine/describe-breaker.ts";
import { readFleet } from "../../src/engine/read-fleet.ts";
import { selectOne } from "../../src/engine/select-breakers.ts";
import { fakeContext, NOON } from "./fake-context.ts";
import { breaker, FAKE_SYSTEM, type FakeBreaker, fakeFleet } from "./fake-fleet.ts";

async function described(own: FakeBreaker, more: Parameters<typeof fakeContext>[1] = {}) {
  const { context, store } = fakeContext(fakeFleet({ a: [own, breaker("other", "open")], b: [own] }), more);
  const fleet = await readFleet(context);
  return { context, store, fleet, told: () => describeBreaker(context, fleet, selectOne(fleet, own.id)) };
}

const at = (ms: number) => new Date(NOON + ms).toISOString();

describe("what happens next", () => {
  test.each([
    [
      "open, and it says when it tries again",
      breaker("k", "open", { retry: at(12_000) }),
      [`it tries again by itself in 12s, at ${at(12_000)}`],
    ],
    [
      "open, and that moment is over",
      breaker("k", "open", { retry: at(-5_000) }),
      [`it tries again by itself in 0s, at ${at(-5_000)}`],
    ],
    [
      "open, and it says only for how long",
      breaker("k", "open"),
      ["it tries again by itself 1m after it opened; when it opened, the system does not tell"],
    ],
    [
      "half open",
      breaker("k", "half_open"),
      ["it lets some calls through: enough good calls close it, a failing one opens it again"],
    ],
    ["forced open", breaker("k", "forced_open"), ["nothing, until it is released: cbctl release k"]],
    ["disabled", breaker("k", "disabled"), ["nothing, until it is enabled: cbctl enable k"]],
    ["closed", breaker("k", "closed"), []],
    ["only counting", breaker("k", "metrics_only"), ["it counts, and never opens"]],
    ["not known", breaker("k", "strange"), ["cannot tell: its state could not be read everywhere"]],
  ])("%s", async (_, own, next) => {
    expect((await (await described(own)).told()).next).toEqual(next);
  });

  test("a system that tells neither is not guessed", async () => {
    const system = { ...FAKE_SYSTEM, thresholds: { known: {} } };
    const { told } = await described(breaker("k", "open"), { system });
    expect((await told()).next).toEqual(["it tries again by itself; when, the system does not tell"]);
  });

  test.each([
    [1, "1 good call close it"],
    [2, "2 good calls close it"],
  ])("with a success threshold of %i", async (successes, words) => {
    const system = { ...FAKE_SYSTEM, thresholds: { known: { successThreshold: { as: "limits.errors" } } } };
    const { told } = await described(
      breaker("k", "half_open", { limits: { errors: successes, cooldown: 1 } }),
      { system },
    );
    expect((await told()).next[0]).toContain(words);
  });
});

test("each instance is told apart, and what can be done, verb by verb", async () => {
  const system = {
    ...FAKE_SYSTEM,
    change: { reset: FAKE_SYSTEM.change.reset ?? {} },
    instead: { trip: "stop the traffic" },
  };
  const { told } = await described(breaker("k", "open"), { system });
  const description = await told();
  expect(description.instances.map(({ instance, state }) => [instance, state])).toEqual([
    ["a", "open"],
    ["b", "open"],
  ]);
  expect(description.capabilities.slice(0, 3)).toEqual([
    { verb: "reset", reaches: ["breaker", "all"], instead: null },
    { verb: "trip", reaches: [], instead: "stop the traffic" },
    { verb: "release", reaches: [], instead: null },
  ]);
});

test("its last five changes, the newest first, and nobody else's", async () => {
  const { context, told } = await described(breaker("k", "open"));
  const journal = await context.journal();
  for (const [index, key] of ["k", "k", "other", "k", "k", "k", "k"].entries()) {
    const target = { key, group: null, instance: "a", before: null, to: {} };
    const rest = {
      context: "prod",
      system: "acme",
      reason: null,
      incident: null,
      approved: "",
      undoes: null,
    };
    const id = `J-${index}`;
    await journal.intend({
      kind: "intent",
      id,
      action: "reset",
      by: context.actor,
      targets: [target],
      ...rest,
    });
    await journal.conclude({ kind: "result", id, results: [], applied: 1, total: 1, reconciled: false });
  }
  expect((await told()).actions.map(({ intent }) => intent.id)).toEqual(["J-6", "J-5", "J-4", "J-3", "J-1"]);
});
