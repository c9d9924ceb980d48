import { describe, expect, test } from "vitest";
import {
  assertVerb,
  chooseReach,
  planRequests,
  stateAimedAt,
  statesAfter,
} from "../../src/dialect/changes.ts";
import { BREAKER_STATES, type BreakerReading, type BreakerState } from "../../src/domain/breaker.ts";
import type { Change } from "../../src/domain/system.ts";
import type { Verb } from "../../src/domain/vocabulary/change.ts";
import { systemOf } from "./system-fixture.ts";

function reading(key: string, group: string | null = null, instance = "a", policy?: string): BreakerReading {
  return {
    key,
    group,
    labels: policy === undefined ? {} : { policy },
    instance,
    state: "open",
    nativeState: "open",
    reason: null,
    since: null,
    retryAt: null,
    lastFailureAt: null,
    counts: { failures: null, successes: null, calls: null, rejected: null, scope: null },
    thresholds: {},
  };
}

const call = (http: string): Change => ({ calls: [{ http }] });
const BREAKER = call("POST /${group}/${key}/reset");
const GROUP = call("POST /${group}/reset");
const POLICY = call("POST /policies/${policy}/reset");
const ALL = call("POST /reset");

const K1 = reading("k1", "x", "a", "p");
const K2 = reading("k2", "x", "a", "q");
const K3 = reading("k3", "y", "a", "p");
const ELSEWHERE = reading("k2", "x", "b", "q");
const EVERYTHING = [K1, K2, K3];

describe("chooseReach", () => {
  const choose = (
    reaches: Record<string, Change>,
    selected: readonly BreakerReading[],
    whole = false,
    everything: readonly BreakerReading[] = EVERYTHING,
  ) => chooseReach(systemOf({ change: { reset: reaches } }), "reset", selected, everything, whole).reach;

  test.each([
    ["each breaker where that can be", { all: ALL, breaker: BREAKER }, [K1], false, "breaker"],
    [
      "each breaker, though all of them were named",
      { all: ALL, breaker: BREAKER },
      EVERYTHING,
      false,
      "breaker",
    ],
    ["all at once when all is meant", { breaker: BREAKER, all: ALL }, EVERYTHING, true, "all"],
    [
      "each breaker when all is meant and there is no other way",
      { breaker: BREAKER },
      EVERYTHING,
      true,
      "breaker",
    ],
    ["a group that is selected whole", { group: GROUP }, [K1, K2], false, "group"],
    [
      "the narrowest that fits, in whatever order they stand",
      { all: ALL, group: GROUP },
      [K1, K2],
      false,
      "group",
    ],
    ["a label of the system's own", { group: GROUP, policy: POLICY }, [K1, K3], false, "policy"],
    ["all, named one by one", { all: ALL }, EVERYTHING, false, "all"],
  ] as const)("%s", (_, reaches, selected, whole, reach) => {
    expect(choose(reaches, selected, whole)).toBe(reach);
  });

  test("what stands at instances that are not asked is not touched", () => {
    expect(choose({ group: GROUP }, [K1, K2], false, [...EVERYTHING, ELSEWHERE])).toBe("group");
    expect(() => choose({ group: GROUP }, [K1, ELSEWHERE], false, [...EVERYTHING, ELSEWHERE])).toThrow(
      /more than was selected/,
    );
  });

  test.each([
    [
      { group: GROUP },
      [K1],
      "reset reaches a whole group in system acme, more than was selected",
      "it would also touch x/k2",
      "select all breakers of the group",
    ],
    [
      { all: ALL },
      [K1],
      "reset reaches a whole all in system acme, more than was selected",
      "it would also touch x/k2, y/k3",
      "select all breakers with --all",
    ],
    [
      { all: ALL, policy: POLICY },
      [K1],
      "reset reaches a whole policy in system acme, more than was selected",
      "it would also touch y/k3",
      "select all breakers of the policy",
    ],
  ])("%o is wider than %o: refused, naming what else", (reaches, selected, message, reason, hint) => {
    expect(() => choose(reaches, selected)).toThrow(
      expect.objectContaining({ code: "guard", message, reason, hint }),
    );
  });
});

test("a verb that the document does not declare is refused with the system's own way", () => {
  const system = systemOf({ change: { reset: { all: ALL } }, instead: { trip: "stop the traffic" } });
  assertVerb(system, "reset");
  expect(() => assertVerb(system, "trip")).toThrow(
    expect.objectContaining({
      code: "unsupported",
      message: "system acme has no trip",
      hint: "stop the traffic",
    }),
  );
});

describe("planRequests", () => {
  const instances = ["a", "b"].map((name) => ({ name, url: `http://${name}` }));
  const plan = (reach: string, change: Change, selected: readonly BreakerReading[]) =>
    planRequests({ reach, change }, selected, instances, () => null).map(({ instance, calls, touches }) => [
      instance.name,
      calls.map(({ path }) => path).join(" "),
      touches.map(({ key }) => key).join(" "),
    ]);

  test.each([
    [
      "breaker",
      BREAKER,
      [
        ["a", "/x/k1/reset", "k1"],
        ["a", "/x/k2/reset", "k2"],
        ["a", "/y/k3/reset", "k3"],
        ["b", "/x/k2/reset", "k2"],
      ],
    ],
    [
      "group",
      GROUP,
      [
        ["a", "/x/reset", "k1 k2"],
        ["a", "/y/reset", "k3"],
        ["b", "/x/reset", "k2"],
      ],
    ],
    [
      "policy",
      POLICY,
      [
        ["a", "/policies/p/reset", "k1 k3"],
        ["a", "/policies/q/reset", "k2"],
        ["b", "/policies/q/reset", "k2"],
      ],
    ],
    [
      "all",
      ALL,
      [
        ["a", "/reset", "k1 k2 k3"],
        ["b", "/reset", "k2"],
      ],
    ],
  ] as [string, Change, string[][]][])("for each %s at each instance", (reach, change, requests) => {
    expect(plan(reach, change, [...EVERYTHING, ELSEWHERE])).toEqual(requests);
  });

  test("nothing for nothing, and nothing for an instance that the context has not", () => {
    expect(plan("all", ALL, [])).toEqual([]);
    expect(plan("all", ALL, [reading("k", null, "gone")])).toEqual([]);
  });

  test("several calls stay in their order", () => {
    const change = { calls: [{ http: "POST /one" }, { http: "POST /two/${key}" }] };
    expect(plan("breaker", change, [K1])).toEqual([["a", "/one /two/k1", "k1"]]);
  });

  test("a reading touched by a reach is touched once, and by no other request", () => {
    for (const [reach, change] of [
      ["breaker", BREAKER],
      ["group", GROUP],
      ["policy", POLICY],
      ["all", ALL],
    ] as const) {
      const touched = planRequests(
        { reach, change },
        [...EVERYTHING, ELSEWHERE],
        instances,
        () => null,
      ).flatMap(({ touches }) => touches);
      expect(new Set(touched)).toEqual(new Set([...EVERYTHING, ELSEWHERE]));
      expect(touched).toHaveLength(4);
    }
  });

  test("a request carries one set of settings: others for a breaker that it also touches are refused", () => {
    const settings = (reading: BreakerReading) => ({ t: reading.key === "k2" ? 5 : 7 });
    const patch = (reach: string, change: Change) =>
      planRequests({ reach, change }, [K1, K2, K3], instances, settings).map(({ calls }) => calls[0]?.body);
    expect(patch("breaker", BREAKER)).toEqual(['{"t":7}', '{"t":5}', '{"t":7}']);
    expect(() => patch("group", GROUP)).toThrow(
      expect.objectContaining({ code: "guard", reason: "k2 shall hold something else" }),
    );
    expect(patch("policy", POLICY)).toEqual(['{"t":7}', '{"t":5}']);
  });
});

describe("statesAfter", () => {
  test.each([
    ["reset", undefined, ["closed"]],
    ["trip", undefined, ["forced_open"]],
    ["trip", "until-released", ["forced_open"]],
    ["trip", "open-duration", ["open", "forced_open"]],
    ["release", undefined, ["open", "half_open", "disabled", "metrics_only", "closed"]],
    ["disable", undefined, ["disabled"]],
    ["enable", undefined, ["open", "forced_open", "half_open", "metrics_only", "closed"]],
  ] as [Verb, Change["holds"], BreakerState[]][])("%s (%s) may leave %o", (verb, holds, left) => {
    expect(BREAKER_STATES.filter((state) => statesAfter(verb, holds)?.(state))).toEqual(left);
    const aimed = stateAimedAt(verb, holds);
    if (aimed !== null) expect(left).toContain(aimed);
  });

  test("a patch is not about the state; and no verb is content with what cannot be read", () => {
    expect(statesAfter("patch", undefined)).toBeNull();
    for (const verb of ["reset", "trip", "release", "disable", "enable"] as const) {
      expect(statesAfter(verb, "open-duration")?.("unknown")).toBe(false);
    }
  });
});
