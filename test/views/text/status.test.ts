import { describe, expect, it } from "vitest";
import {
  API_VERSION,
  type BreakerLists,
  type GroupList,
  type InstanceList,
} from "../../../src/domain/answers.ts";
import { jsonName, THRESHOLDS, type ThresholdName } from "../../../src/domain/threshold.ts";
import { statusCsv, statusNames, statusTable } from "../../../src/views/text/status.ts";
import { at, breakerList, EMPTY, OPENED, PARTLY_READ, PIPED, reading, SICK, textOf } from "../samples.ts";

const HEADED = {
  apiVersion: API_VERSION,
  context: "shop",
  system: "key-breakers",
  observedAt: at(0),
} as const;
const { summary, errors } = PARTLY_READ;

const GROUPS: GroupList = {
  ...HEADED,
  kind: "GroupList",
  summary,
  errors,
  groups: [
    { group: "deepseek", state: "open", summary },
    { group: null, state: "closed", summary: EMPTY.summary },
  ],
};
const INSTANCES: InstanceList = {
  ...HEADED,
  kind: "InstanceList",
  summary,
  errors,
  instances: [
    { instance: "shop-1", url: "http://shop-1:8080", breakers: [OPENED], error: null },
    { instance: "shop-3", url: "http://shop-3:8080", breakers: [], error: errors[0] ?? null },
  ],
};
const LISTS: BreakerLists = {
  apiVersion: API_VERSION,
  kind: "BreakerLists",
  items: [PARTLY_READ, SICK],
  errors: [],
};

describe("statusTable", () => {
  it.each([
    ["BreakerList", SICK, /^STATE +BREAKER/],
    ["GroupList", GROUPS, /^STATE +GROUP/],
    ["InstanceList", INSTANCES, /^STATE +INSTANCE/],
    ["BreakerLists", LISTS, /^CONTEXT +STATE/],
  ] as const)("shows a %s", (_, answer, head) => {
    expect([...statusTable(answer, PIPED)][0]).toMatch(head);
  });
});

describe("statusNames", () => {
  it.each([
    ["BreakerList", PARTLY_READ, ["deepseek/deepseek-1", "deepseek/deepseek-2"]],
    ["GroupList", GROUPS, ["deepseek"]],
    ["InstanceList", INSTANCES, ["shop-1", "shop-3"]],
    ["an empty list", EMPTY, []],
  ] as const)("lists the names of a %s", (_, answer, names) => {
    expect([...statusNames(answer)]).toEqual(names);
  });

  it("keeps equal names of several contexts", () => {
    expect([...statusNames(LISTS)].filter((name) => name === "deepseek/deepseek-1").length).toBe(2);
  });

  it("writes names as they are, whatever they look like", () => {
    const list = breakerList([[reading("--all", "closed"), reading("a b,c", "open", { group: "g" })]]);
    expect([...statusNames(list)]).toEqual(["g/a b,c", "--all"]);
  });
});

describe("statusCsv", () => {
  it("has the names of JSON output as its head, every threshold among them", () => {
    const [head = ""] = statusCsv(SICK);
    expect(head).toMatchInlineSnapshot(
      `"context,group,key,state,nativeState,total,open,forcedOpen,halfOpen,unknown,disabled,metricsOnly,closed,reason,since,retryAt,failures,successes,calls,rejected,scope,failureThreshold,failureRateThreshold,successThreshold,openDurationMs,halfOpenMaxCalls,windowDurationMs,windowCalls,minimumCalls,callTimeoutMs,slowCallDurationMs,slowCallRateThreshold,enabled"`,
    );
    for (const name of Object.keys(THRESHOLDS) as ThresholdName[])
      expect(head.split(",")).toContain(jsonName(name));
  });

  it("holds values as they are: times, numbers, nothing where nothing is told", () => {
    const [, first] = statusCsv(SICK);
    expect(first).toBe(
      `shop,deepseek,deepseek-1,open,OPEN,1,1,0,0,0,0,0,0,5 failures in a row,${at(-200)},${at(12)},5,15,20,42,window,5,,,60000,,,,,,,,`,
    );
  });

  it.each([
    ["BreakerList", SICK],
    ["GroupList", GROUPS],
    ["InstanceList", INSTANCES],
    ["BreakerLists", LISTS],
  ] as const)("has as many cells in every row as in the head: %s", (_, answer) => {
    const [head = "", ...rows] = [...statusCsv(answer)];
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.map((row) => row.split(",").length)).toEqual(rows.map(() => head.split(",").length));
  });

  it("keeps the instance that could not be read, with why", () => {
    expect(textOf(statusCsv(INSTANCES))).toContain(
      "shop,shop-3,http://shop-3:8080,cannot reach http://shop-3:8080: connection refused,,",
    );
  });

  it("runs no name as a formula", () => {
    const list = breakerList([[reading("=cmd|'/C calc'!A0", "closed")]]);
    expect(textOf(statusCsv(list))).toContain("shop,,'=cmd|'/C calc'!A0,closed");
  });
});
