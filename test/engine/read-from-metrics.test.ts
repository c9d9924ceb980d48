import { describe, expect, test } from "vitest";
import { CbctlError } from "../../src/domain/errors.ts";
import { foldFleet } from "../../src/domain/fleet.ts";
import type { System } from "../../src/domain/system.ts";
import { readFleet } from "../../src/engine/read-fleet.ts";
import { systemOf } from "../dialect/system-fixture.ts";
import { fakeContext, NOON } from "./fake-context.ts";
import { fakeFleet } from "./fake-fleet.ts";
import { fakeMetrics } from "./fake-metrics.ts";

const STATE = "cb_state";
const CHANGES = "cb_changes_total";

const SYSTEM = systemOf({
  read: null,
  metrics: {
    labels: { key: "service", group: "team" },
    state: [
      { series: STATE, label: "state" },
      { transitions: CHANGES, to: "to" },
    ],
    series: { failures: "cb_failures_total", requests: 'cb_calls_total{kind="any"}' },
  },
});

function read(metrics: ReturnType<typeof fakeMetrics>, system: System = SYSTEM) {
  const { context } = fakeContext(fakeFleet({}), { system, metrics: async () => metrics.source });
  return readFleet(context);
}

const pay = (more: Record<string, string> = {}) => ({ service: "pay", ...more });

describe("a system that is read from its metrics", () => {
  test("a state that the series of now tell is read without asking for the past", async () => {
    const metrics = fakeMetrics({ [STATE]: [[pay({ state: "open" }), 1]] });
    const fleet = await read(metrics);
    expect(fleet.breakers).toMatchObject([
      { key: "pay", group: null, state: "open", reason: "told by the one true series of cb_state" },
    ]);
    expect(metrics.asked).toEqual([STATE, CHANGES, "cb_failures_total", 'cb_calls_total{kind="any"}']);
    expect([...metrics.moments]).toEqual([NOON]);
  });

  test("where they do not, what rose last tells it, and the reason names that", async () => {
    const metrics = fakeMetrics({
      [STATE]: [
        [pay({ state: "open" }), 1],
        [pay({ state: "half_open" }), 1],
      ],
      [CHANGES]: [
        [pay({ to: "open" }), 1, 1, 1],
        [pay({ to: "half_open" }), 0, 1, 2],
      ],
    });
    const fleet = await read(metrics);
    expect(fleet.breakers).toMatchObject([
      { state: "half_open", reason: "told by the last rise of cb_changes_total" },
    ]);
    expect(metrics.asked.slice(4)).toEqual([`${CHANGES}[3600s]`]);
  });

  test("what contradicts and is not told by anything else is unknown, and says what contradicts", async () => {
    const stale = [
      [pay({ state: "open" }), 1],
      [pay({ state: "closed" }), 1],
    ] as const;
    const fleet = await read(fakeMetrics({ [STATE]: stale }));
    expect(fleet.breakers).toMatchObject([{ state: "unknown", instances: { total: 1, unknown: 1 } }]);
    expect(fleet.breakers[0]?.reason).toBe(
      "closed and open of cb_state are 1 at once; cb_changes_total has no series",
    );
  });

  test("a later way that could tell at once does not go before an earlier one that wants the past", async () => {
    const system = systemOf({
      read: null,
      metrics: {
        labels: { key: "service" },
        state: [
          { transitions: CHANGES, to: "to" },
          { series: STATE, label: "state" },
        ],
        series: {},
      },
    });
    const metrics = fakeMetrics({
      [STATE]: [[pay({ state: "closed" }), 1]],
      [CHANGES]: [
        [pay({ to: "open" }), 1, 2],
        [pay({ to: "closed" }), 3, 3],
      ],
    });
    expect((await read(metrics, system)).breakers).toMatchObject([{ state: "open" }]);
  });

  test("each replica is an instance, by the label of its scrape", async () => {
    const fleet = await read(
      fakeMetrics({
        [STATE]: [
          [pay({ instance: "b:1", state: "open" }), 1],
          [pay({ instance: "a:1", state: "closed" }), 1],
          [pay({ instance: "a:1", state: "open" }), 0],
        ],
      }),
    );
    const told = fleet.readings.map(({ instance, breakers }) => [
      instance,
      breakers?.map(({ state }) => state),
    ]);
    expect(told).toEqual([
      [{ name: "a:1", url: "http://prom.test:9090/prefix" }, ["closed"]],
      [{ name: "b:1", url: "http://prom.test:9090/prefix" }, ["open"]],
    ]);
    expect(fleet.breakers).toMatchObject([{ state: "open", instances: { total: 2, open: 1, closed: 1 } }]);
  });

  test("several processes behind one instance count as the worst of them", async () => {
    const fleet = await read(
      fakeMetrics({
        [STATE]: [
          [pay({ instance: "a:1", pid: "7", state: "closed" }), 1],
          [pay({ instance: "a:1", pid: "8", state: "half_open" }), 1],
          [pay({ instance: "a:1", pid: "9", state: "closed" }), 1],
        ],
      }),
    );
    expect(fleet.breakers).toMatchObject([{ state: "half_open", instances: { total: 1, halfOpen: 1 } }]);
  });

  test("without that label the server that was asked stands for it", async () => {
    const fleet = await read(fakeMetrics({ [STATE]: [[pay({ state: "closed" }), 1]] }));
    expect(fleet.readings.map(({ instance }) => instance.name)).toEqual(["prom.test:9090"]);
  });

  test("two environments that say different things are not one breaker with two replicas", async () => {
    const fleet = await read(
      fakeMetrics({
        [STATE]: [
          [pay({ env: "prod", instance: "p:1", state: "closed" }), 1],
          [pay({ env: "staging", instance: "s:1", state: "open" }), 1],
        ],
      }),
    );
    expect(fleet.breakers).toMatchObject([{ state: "unknown", instances: { total: 2, unknown: 2 } }]);
    expect(fleet.breakers[0]?.reason).toContain("match: in the context tells them apart");
  });

  test("match is bound into every selector", async () => {
    const metrics = fakeMetrics({}, { env: 'a"b' });
    await read(metrics);
    expect(metrics.asked).toEqual([
      'cb_state{env="a\\"b"}',
      'cb_changes_total{env="a\\"b"}',
      'cb_failures_total{env="a\\"b"}',
      'cb_calls_total{kind="any",env="a\\"b"}',
    ]);
  });

  test("calls are counted for each instance since its process began", async () => {
    const fleet = await read(
      fakeMetrics({
        [STATE]: [
          [pay({ team: "x", instance: "a:1", state: "closed" }), 1],
          [pay({ team: "x", instance: "b:1", state: "closed" }), 1],
        ],
        cb_failures_total: [
          [pay({ team: "x", instance: "a:1" }), 3],
          [pay({ team: "x", instance: "b:1" }), Number.NaN],
          [pay({ team: "other", instance: "a:1" }), 50],
        ],
      }),
    );
    expect(fleet.readings.map(({ breakers }) => breakers?.[0]?.counts)).toMatchObject([
      { failures: 3, successes: null, calls: null, rejected: null, scope: "lifetime" },
      { failures: null, scope: "lifetime" },
    ]);
  });

  test("a breaker that is counted and has no state is there, and unknown", async () => {
    const fleet = await read(fakeMetrics({ cb_failures_total: [[pay({ instance: "a:1" }), 0]] }));
    expect(fleet.breakers).toMatchObject([
      { key: "pay", state: "unknown", reason: "no series tells its state", counts: { failures: 0 } },
    ]);
  });

  test("a replica that counts and tells no state is not as closed as the others", async () => {
    const fleet = await read(
      fakeMetrics({
        [STATE]: [[pay({ instance: "a:1", state: "closed" }), 1]],
        cb_failures_total: [
          [pay({ instance: "a:1" }), 2],
          [pay({ instance: "b:1" }), 0],
        ],
      }),
    );
    expect(fleet.breakers).toMatchObject([
      { state: "unknown", instances: { total: 2, closed: 1, unknown: 1 }, counts: { failures: 2 } },
    ]);
  });

  test("nothing at all is no breakers, and no error", async () => {
    expect(await read(fakeMetrics({}))).toEqual(foldFleet([], new Date(NOON).toISOString()));
  });
});

describe("a metrics server that does not tell everything", () => {
  const CLOSED_AND_OPEN = {
    [STATE]: [
      [pay({ state: "closed" }), 1],
      [{ service: "mail", state: "open" }, 1],
    ],
  } as const;

  test.each([
    [["store-7 is away"], /only in part: store-7 is away$/],
    [[], /only in part: the server says that its answer is partial$/],
  ])(
    "a partial answer (%j) makes what is closed unknown, and what is open stays so",
    async (warnings, words) => {
      const metrics = fakeMetrics(CLOSED_AND_OPEN);
      metrics.saying = (query) => (query === STATE ? { complete: false, warnings } : {});
      const fleet = await read(metrics);
      expect(fleet.breakers.map(({ key, state }) => [key, state])).toEqual([
        ["mail", "open"],
        ["pay", "unknown"],
      ]);
      expect(fleet.errors).toMatchObject([{ instance: "prom.test:9090", code: "no-data" }]);
      expect(fleet.errors[0]?.message).toMatch(words);
    },
  );

  test("a past that is read in part counts as well", async () => {
    const metrics = fakeMetrics({ [CHANGES]: [[pay({ to: "closed" }), 1, 2]] });
    metrics.saying = (query) => (query.endsWith("]") ? { complete: false, warnings: ["cut"] } : {});
    expect((await read(metrics)).breakers).toMatchObject([{ state: "unknown" }]);
  });

  test("warnings of a whole answer change nothing", async () => {
    const metrics = fakeMetrics(CLOSED_AND_OPEN);
    metrics.saying = () => ({ warnings: ["PromQL warning: odd"], infos: ["so"] });
    expect((await read(metrics)).errors).toEqual([]);
  });

  test("another type of answer is not understood", async () => {
    const metrics = fakeMetrics({});
    metrics.saying = () => ({ data: { type: "scalar", at: 0, value: 1 } });
    await expect(read(metrics)).rejects.toMatchObject({
      code: "not-understood",
      message: "Prometheus answered cb_state with a scalar",
    });
  });

  test("its failure is the failure of the reading", async () => {
    const metrics = fakeMetrics({});
    metrics.saying = () => {
      throw new CbctlError("unreachable", "no metrics: down");
    };
    await expect(read(metrics)).rejects.toMatchObject({ exitCode: 9, message: "no metrics: down" });
  });
});

test("a context without Prometheus says so", async () => {
  const { context } = fakeContext(fakeFleet({}), { system: SYSTEM });
  await expect(readFleet(context)).rejects.toMatchObject({ code: "usage" });
});
