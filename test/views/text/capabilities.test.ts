import { describe, expect, it } from "vitest";
import type { Verb } from "../../../src/domain/vocabulary/change.ts";
import { capabilityRows } from "../../../src/views/text/capabilities.ts";

const SUBJECT = {
  name: "deepseek/deepseek-1",
  group: "deepseek",
  context: "prod",
  thresholds: { windowCalls: null, failureThreshold: 5, openDurationMs: 60_000 },
};

function rowOf(verb: Verb, reaches: readonly string[], subject = {}) {
  return capabilityRows([{ verb, reaches, instead: null }], { ...SUBJECT, ...subject })[0];
}

describe("capabilityRows", () => {
  it.each([
    ["reset", ["breaker", "all"], "cbctl reset --context prod deepseek/deepseek-1", ""],
    ["trip", ["group", "all"], "cbctl trip --context prod 'deepseek/*'", "all of group deepseek"],
    ["disable", ["all"], "cbctl disable --context prod --all", "all breakers of the context"],
    [
      "release",
      ["policy"],
      "cbctl release --context prod deepseek/deepseek-1",
      "with all that share its policy",
    ],
    ["patch", ["breaker"], "cbctl patch --context prod deepseek/deepseek-1 failureThreshold=5", ""],
    ["patch", ["all"], "cbctl patch --context prod --all failureThreshold=5", "all breakers of the context"],
  ] as const)("%s by %j: %s", (verb, reaches, line, reach) => {
    expect(rowOf(verb, reaches)).toEqual([verb, line, reach]);
  });

  it.each([
    {
      name: "a name like an option",
      subject: { name: "--all" },
      line: "cbctl reset --context prod -- --all",
    },
    {
      name: "a name with blanks",
      subject: { name: "pay ments" },
      line: "cbctl reset --context prod 'pay ments'",
    },
    {
      name: "no context of that name",
      subject: { context: "ad-hoc" },
      line: "cbctl reset deepseek/deepseek-1",
    },
  ])("keeps the line safe to paste: $name", ({ subject, line }) => {
    expect(rowOf("reset", ["breaker"], subject)?.[1]).toBe(line);
  });

  it("does not invent a value where none is told", () => {
    expect(rowOf("patch", ["breaker"], { thresholds: { enabled: true } })?.[1]).toMatch(/ FIELD=VALUE$/);
  });

  it("says how to do by hand what the system cannot", () => {
    const rows = capabilityRows(
      [
        { verb: "trip", reaches: [], instead: "scale the upstream to zero" },
        { verb: "enable", reaches: [], instead: null },
      ],
      SUBJECT,
    );
    expect(rows).toEqual([
      ["trip", "not by this system: scale the upstream to zero"],
      ["enable", "not by this system"],
    ]);
  });
});
