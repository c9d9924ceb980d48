import { describe, expect, it } from "vitest";
import { scenarios } from "../../../src/sandbox/scenarios/index.ts";
import { flappingEvery, openWithTrials } from "../../../src/sandbox/scenarios/past.ts";

it("are the twelve", () => {
  expect(scenarios.map(({ name }) => name)).toEqual([
    "healthy",
    "one-open",
    "all-open",
    "majority-open",
    "flapping",
    "stuck-half-open",
    "false-alarm",
    "after-deploy",
    "never-opens",
    "metrics-missing",
    "slow-upstream",
    "recovering",
  ]);
});

describe.each(scenarios)("$name", (scenario) => {
  it("says what it is, and what triage must say", () => {
    expect(scenario.title.length).toBeLessThanOrEqual(60);
    expect(scenario.does).toMatch(/\.$/);
    expect(scenario.triage.length).toBe(scenario.name === "healthy" ? 0 : scenario.triage.length || 1);
  });

  it("ends: nothing is broken, it heals by itself, or an action helps", () => {
    const isBroken = scenario.upstream === "broken" || scenario.upstream.kind !== "ok";
    expect(isBroken && scenario.endsAfterMs === null).toBe(false);
  });

  it("had a past like its present", () => {
    const { state, outcome } = scenario.past(20_000);
    const isStarted = { "as-is": "closed", open: "open", half_open: "half_open", failing: "closed" }[
      scenario.start
    ];
    if (scenario.name !== "flapping") expect(state).toBe(isStarted);
    if (scenario.start === "failing") expect(outcome).toBe("error");
  });
});

it("an open past fails its trials between the samples of 15 s", () => {
  const states = Array.from({ length: 600 }, (_, second) => openWithTrials(second * 1000).state);
  expect(states.filter((state) => state === "half_open")).toHaveLength(10);
  for (let second = 0; second < 600; second += 15) expect(states[second]).toBe("open");
});

it("a flapping past goes round in the order of a breaker", () => {
  const past = flappingEvery(8000);
  const states = [7, 6, 5, 4, 3, 2, 1, 0].map((second) => past(second * 1000).state);
  expect(states).toEqual(["closed", "closed", "open", "open", "open", "open", "half_open", "half_open"]);
});
