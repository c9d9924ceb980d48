import { describe, expect, it } from "vitest";
import {
  API_VERSION,
  type ChangeAnswer,
  type ContextList,
  type SystemList,
} from "../../../src/domain/answers.ts";
import { csvOfContextList, csvOfSystemList } from "../../../src/views/text/catalogue-csv.ts";
import { csvOfAuditList, csvOfChangeResult } from "../../../src/views/text/change-csv.ts";
import { changedNames, contextNames, journalIds, systemNames } from "../../../src/views/text/names.ts";
import { at, journalEntry, result } from "../samples.ts";

const CONTEXTS: ContextList = {
  apiVersion: API_VERSION,
  kind: "ContextList",
  file: null,
  contexts: [
    {
      name: "prod",
      current: true,
      system: "gateway",
      instances: ["http://a", "http://b"],
      prometheus: null,
      protected: true,
    },
  ],
};

const SYSTEMS: SystemList = {
  apiVersion: API_VERSION,
  kind: "SystemList",
  systems: [
    {
      name: "gateway",
      title: "Gateway, with JWT",
      source: "package",
      path: "g.yaml",
      trusted: true,
      verbs: ["reset", "patch"],
    },
  ],
};

const CHANGE: ChangeAnswer = {
  apiVersion: API_VERSION,
  kind: "ChangeResult",
  action: "reset",
  context: "shop",
  system: "key-breakers",
  dryRun: false,
  results: [
    result("applied"),
    result("failed", { instance: "http://shop-2:8080", after: null, message: "refused, twice" }),
  ],
  applied: 1,
  total: 2,
  journalId: "01JT",
};

const AUDIT = {
  apiVersion: API_VERSION,
  kind: "AuditList",
  context: "shop",
  entries: [journalEntry("01JT"), journalEntry("01JU", { result: null, resultAt: null })],
} as const;

describe("names of other lists", () => {
  it.each([
    ["contexts", contextNames(CONTEXTS), ["prod"]],
    ["systems", systemNames(SYSTEMS), ["gateway"]],
    ["journalled changes", journalIds(AUDIT), ["01JT", "01JU"]],
    ["changed breakers, each once", changedNames(CHANGE), ["deepseek/deepseek-1"]],
  ])("%s", (_, names, expected) => {
    expect(names).toEqual(expected);
  });
});

describe("other lists as comma-separated values", () => {
  it.each([
    [
      "contexts",
      csvOfContextList(CONTEXTS),
      ["name,current,system,instances,prometheus,protected", "prod,true,gateway,http://a http://b,,true"],
    ],
    [
      "systems",
      csvOfSystemList(SYSTEMS),
      ["name,title,source,path,trusted,verbs", 'gateway,"Gateway, with JWT",package,g.yaml,true,reset patch'],
    ],
    [
      "results of a change",
      csvOfChangeResult(CHANGE),
      [
        "action,group,key,instance,outcome,stateBefore,stateAfter,message,journalId",
        "reset,deepseek,deepseek-1,http://shop-1:8080,applied,open,closed,,01JT",
        'reset,deepseek,deepseek-1,http://shop-2:8080,failed,open,,"refused, twice",01JT',
      ],
    ],
    [
      "journalled changes, an unknown end left empty",
      csvOfAuditList(AUDIT),
      [
        "at,id,action,group,key,instance,outcome,by,reason,incident,undoes",
        `${at(-600)},01JT,reset,deepseek,deepseek-1,http://shop-1:8080,applied,ana on ops-1,upstream is back,INC-7,`,
        `${at(-600)},01JU,reset,deepseek,deepseek-1,http://shop-1:8080,,ana on ops-1,upstream is back,INC-7,`,
      ],
    ],
  ])("%s", (_, lines, expected) => {
    expect([...lines]).toEqual(expected);
  });
});
