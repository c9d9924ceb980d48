import { describe, expect, it } from "vitest";
import { API_VERSION, type SystemDetails } from "../../../src/domain/answers.ts";
import { viewSystemDetails, viewSystemList } from "../../../src/views/text/system.ts";
import { PIPED, TERMINAL_140, textOf } from "../samples.ts";

const KEY_BREAKERS = {
  name: "key-breakers",
  title: "Breakers of provider keys",
  source: "package",
  path: "systems/key-breakers.yaml",
  trusted: true,
  verbs: ["reset", "patch"],
} as const;
const OWN = {
  ...KEY_BREAKERS,
  name: "own",
  title: "Ours",
  source: "file",
  path: "./own.yaml",
  trusted: false,
  verbs: [],
} as const;

describe("viewSystemList", () => {
  const list = { apiVersion: API_VERSION, kind: "SystemList", systems: [KEY_BREAKERS, OWN] } as const;

  it("shows what each can change and whether it is trusted", () => {
    expect(textOf(viewSystemList(list, TERMINAL_140))).toMatchInlineSnapshot(`
      "┌──────────────┬───────────────────────────┬─────────┬─────────┬─────────────┐
      │ NAME         │ TITLE                     │ FROM    │ TRUSTED │ CHANGES     │
      ├──────────────┼───────────────────────────┼─────────┼─────────┼─────────────┤
      │ key-breakers │ Breakers of provider keys │ package │ yes     │ reset patch │
      │ own          │ Ours                      │ file    │ no      │ none        │
      └──────────────┴───────────────────────────┴─────────┴─────────┴─────────────┘"
    `);
  });

  it("adds where each comes from when wide", () => {
    const [head, ...rows] = viewSystemList(list, { ...PIPED, wide: true });
    expect(head).toMatch(/ PATH$/);
    expect(rows.map((row) => row.split(/ {2,}/).at(-1))).toEqual(["systems/key-breakers.yaml", "./own.yaml"]);
  });

  it("says that there are none", () => {
    expect([...viewSystemList({ ...list, systems: [] }, PIPED)]).toEqual(["no systems"]);
  });
});

describe("viewSystemDetails", () => {
  const details: SystemDetails = {
    ...KEY_BREAKERS,
    apiVersion: API_VERSION,
    kind: "SystemDetails",
    description: "One breaker for each key of a provider.",
    reads: "GET /api/v1/circuit-breaker/stats",
    thresholds: [
      {
        name: "openDuration",
        native: "timeout_seconds",
        unit: "s",
        min: 1_000,
        max: 3_600_000,
        default: 60_000,
        readOnly: false,
        writeOnly: false,
      },
      {
        name: "halfOpenMaxCalls",
        native: "half_open_max_calls",
        unit: null,
        min: 1,
        max: null,
        default: null,
        readOnly: false,
        writeOnly: true,
      },
      {
        name: "enabled",
        native: "on",
        unit: null,
        min: null,
        max: null,
        default: true,
        readOnly: true,
        writeOnly: false,
      },
    ],
    capabilities: [
      { verb: "reset", reaches: ["breaker", "all"], instead: null },
      { verb: "trip", reaches: [], instead: "set failureThreshold to 1" },
      { verb: "release", reaches: [], instead: null },
    ],
    metrics: ["circuit_breaker_state", "circuit_breaker_failures_total"],
  };

  it("shows what can be asked and told, with units and bounds as they are typed", () => {
    expect(textOf(viewSystemDetails(details, PIPED))).toMatchInlineSnapshot(`
      "key-breakers · Breakers of provider keys
      One breaker for each key of a provider.
      from     package (systems/key-breakers.yaml)
      trusted  yes
      reads    GET /api/v1/circuit-breaker/stats

      changes
        reset    breaker, all
        trip     not by this system: set failureThreshold to 1
        release  not by this system

      thresholds
        NAME              NATIVE               UNIT  LEAST  MOST  DEFAULT  NOTE
        openDuration      timeout_seconds      s        1s    1h       1m
        halfOpenMaxCalls  half_open_max_calls  -         1     -        -  can be set, is not shown
        enabled           on                   -         -     -     true  cannot be set

      metrics
        circuit_breaker_state
        circuit_breaker_failures_total"
    `);
  });

  it("shows bounds alike whether a row bears the typed name or that of JSON", () => {
    const [row] = details.thresholds;
    if (!row) throw new Error("the sample has no threshold");
    const named = { ...details, thresholds: [{ ...row, name: "openDurationMs" }] };
    expect(textOf(viewSystemDetails(named, PIPED))).toMatch(
      /openDuration {2}timeout_seconds {2}s {8}1s {4}1h {7}1m/,
    );
  });

  it("says what an untrusted one may do, and leaves out what there is none of", () => {
    const bare = { ...details, ...OWN, description: null, thresholds: [], capabilities: [], metrics: [] };
    expect([...viewSystemDetails(bare, PIPED)]).toEqual([
      "own · Ours",
      "from     file (./own.yaml)",
      "trusted  no: it may read, and change nothing",
      "reads    GET /api/v1/circuit-breaker/stats",
    ]);
  });
});
