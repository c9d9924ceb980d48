import { describe, expect, test } from "vitest";
import { nativeSettings, readSettings, wantedThresholds } from "../../src/dialect/settings.ts";
import type { System } from "../../src/domain/system.ts";
import { systemOf } from "./system-fixture.ts";

const SYSTEM = systemOf({
  thresholds: {
    known: {
      failureThreshold: { as: "failure_threshold", min: 1, max: 100 },
      openDuration: { as: "open.timeout", unit: "s", min: 1_000, max: 300_000 },
      callTimeout: { as: "call.timeout", unit: "ms" },
      windowDuration: { as: "window_minutes", unit: "m" },
      failureRateThreshold: { as: "rate", unit: "percent" },
      slowCallRateThreshold: { as: "slowRate", unit: "ratio" },
      minimumCalls: { as: "min_calls", readOnly: true },
      halfOpenMaxCalls: { as: "probes", writeOnly: true },
      enabled: { as: "on" },
    },
  },
});

const one = (assignment: string, system: System = SYSTEM) => readSettings(system, [assignment])[0];

describe("a setting", () => {
  test.each([
    ["failureThreshold=7", "failureThreshold", 7, 7],
    ["failure_threshold=7", "failureThreshold", 7, 7],
    ["failureThreshold= 7 ", "failureThreshold", 7, 7],
    ["openDuration=90s", "openDuration", 90_000, 90],
    ["openDuration=1m30s", "openDuration", 90_000, 90],
    ["openDurationMs=90000", "openDuration", 90_000, 90],
    ["open.timeout=90", "openDuration", 90_000, 90],
    ["open.timeout=2m", "openDuration", 120_000, 120],
    ["callTimeout=500ms", "callTimeout", 500, 500],
    ["window_minutes=2", "windowDuration", 120_000, 2],
    ["failureRateThreshold=60%", "failureRateThreshold", 0.6, 60],
    ["failureRateThreshold=0.6", "failureRateThreshold", 0.6, 60],
    ["failureRateThreshold=33.3%", "failureRateThreshold", 0.333, 33.3],
    ["rate=33.3", "failureRateThreshold", 0.333, 33.3],
    ["rate=100", "failureRateThreshold", 1, 100],
    ["slowRate=0.25", "slowCallRateThreshold", 0.25, 0.25],
    ["slowRate=25%", "slowCallRateThreshold", 0.25, 0.25],
    ["halfOpenMaxCalls=3", "halfOpenMaxCalls", 3, 3],
    ["enabled=false", "enabled", false, false],
    ["on=true", "enabled", true, true],
  ] as const)("%s", (assignment, name, value, native) => {
    expect(one(assignment)).toMatchObject({ name, value, native });
  });

  test("a canonical name is never taken for another threshold's native one", () => {
    const system = systemOf({
      thresholds: { known: { failureThreshold: { as: "successThreshold" }, successThreshold: { as: "ok" } } },
    });
    expect(one("successThreshold=2", system)).toMatchObject({ name: "successThreshold" });
    expect(one("ok=2", system)).toMatchObject({ name: "successThreshold" });
  });
});

describe("is refused with its reason", () => {
  test.each([
    [
      "failureThreshold",
      "usage",
      '"failureThreshold" is not NAME=VALUE',
      null,
      "for example: failureThreshold=7",
    ],
    ["=7", "usage", '"=7" is not NAME=VALUE', null, "for example: failureThreshold=7"],
    [
      "failureThreshold=",
      "usage",
      '"failureThreshold=" is not NAME=VALUE',
      null,
      "for example: failureThreshold=7",
    ],
    ["failureThreshold=seven", "usage", 'failureThreshold: "seven" is not a whole number', null, null],
    ["failureThreshold=1.5", "usage", 'failureThreshold: "1.5" is not a whole number', null, null],
    ["failureThreshold=-1", "usage", 'failureThreshold: "-1" is not a whole number', null, null],
    ["failureThreshold=1e2", "usage", 'failureThreshold: "1e2" is not a whole number', null, null],
    [
      "failureThreshold=99999999999999999999",
      "usage",
      'failureThreshold: "99999999999999999999" is not a whole number',
      null,
      null,
    ],
    [
      "openDuration=90",
      "usage",
      'openDuration: "90" is not a duration with its unit, such as 90s, 2m or 500ms',
      null,
      null,
    ],
    [
      "openDuration=soon",
      "usage",
      'openDuration: "soon" is not a duration with its unit, such as 90s, 2m or 500ms',
      null,
      null,
    ],
    [
      "failureRateThreshold=60",
      "usage",
      'failureRateThreshold: "60" is not a ratio of 0 to 1, such as 0.6 or 60%',
      null,
      null,
    ],
    [
      "failureRateThreshold=101%",
      "usage",
      'failureRateThreshold: "101%" is not a ratio of 0 to 1, such as 0.6 or 60%',
      null,
      null,
    ],
    [
      "rate=101",
      "usage",
      'failureRateThreshold: "101" is not a ratio of 0 to 1, such as 0.6 or 60%',
      null,
      null,
    ],
    ["enabled=1", "usage", 'enabled: "1" is not true or false', null, null],
    [
      "failureThreshold=0",
      "out-of-bounds",
      "failureThreshold: 0 is out of bounds",
      "failure_threshold must be at least 1",
      null,
    ],
    [
      "failureThreshold=101",
      "out-of-bounds",
      "failureThreshold: 101 is out of bounds",
      "failure_threshold must be at most 100",
      null,
    ],
    [
      "openDuration=500ms",
      "out-of-bounds",
      "openDuration: 500ms is out of bounds",
      "open.timeout must be at least 1s",
      null,
    ],
    [
      "openDuration=6m",
      "out-of-bounds",
      "openDuration: 6m is out of bounds",
      "open.timeout must be at most 5m",
      null,
    ],
    [
      "openDuration=1500ms",
      "out-of-bounds",
      "openDuration: 1500ms is not exact in seconds",
      "the system keeps open.timeout in whole seconds",
      "give a value that its unit can hold",
    ],
    [
      "open.timeout=1.5",
      "out-of-bounds",
      "openDuration: 1.5 is not exact in seconds",
      "the system keeps open.timeout in whole seconds",
      "give a value that its unit can hold",
    ],
    [
      "windowDuration=90s",
      "out-of-bounds",
      "windowDuration: 90s is not exact in minutes",
      "the system keeps window_minutes in whole minutes",
      "give a value that its unit can hold",
    ],
    [
      "timeout=5",
      "usage",
      '"timeout" can mean open.timeout (openDuration) or call.timeout (callTimeout)',
      null,
      "give the whole name",
    ],
    [
      "minimumCalls=5",
      "unsupported",
      "system acme shows minimumCalls but cannot set it",
      null,
      /^it can set failureThreshold, .*enabled$/,
    ],
    [
      "successThreshold=2",
      "unsupported",
      "system acme cannot set successThreshold",
      null,
      /^it can set failureThreshold/,
    ],
    [
      "slowCallDurationMs=2",
      "unsupported",
      "system acme cannot set slowCallDurationMs",
      null,
      /^it can set failureThreshold/,
    ],
    [
      "failureTreshold=7",
      "unknown-name",
      'system acme knows no threshold "failureTreshold"',
      null,
      /^did you mean failureThreshold/,
    ],
    ["zzz=7", "unknown-name", 'system acme knows no threshold "zzz"', null, /failureThreshold, openDuration/],
  ])("%s", (assignment, code, message, reason, hint) => {
    expect(() => one(assignment)).toThrow(
      expect.objectContaining({
        code,
        message,
        reason,
        hint: hint instanceof RegExp ? expect.stringMatching(hint) : hint,
      }),
    );
  });

  test("twice the same, by whichever of its names", () => {
    expect(() => readSettings(SYSTEM, ["failureThreshold=7", "failure_threshold=8"])).toThrow(
      expect.objectContaining({ code: "usage", message: "failureThreshold is given twice" }),
    );
  });

  test("in a system that can set nothing", () => {
    expect(() => one("anything=1", systemOf())).toThrow(
      expect.objectContaining({ code: "unsupported", message: "system acme cannot set anything" }),
    );
  });
});

describe("several settings", () => {
  const settings = readSettings(SYSTEM, [
    "failureThreshold=7",
    "open.timeout=90",
    "call.timeout=5",
    "enabled=true",
  ]);

  test("are sent by native names, nested by their dots", () => {
    expect(nativeSettings(settings)).toEqual({
      failure_threshold: 7,
      open: { timeout: 90 },
      call: { timeout: 5 },
      on: true,
    });
  });

  test("are looked for afterwards by the names of JSON output", () => {
    expect(wantedThresholds(settings)).toEqual({
      failureThreshold: 7,
      openDurationMs: 90_000,
      callTimeoutMs: 5,
      enabled: true,
    });
  });
});
