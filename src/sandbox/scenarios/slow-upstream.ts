import type { Scenario } from "../scenario.ts";
import { always, minutes } from "./past.ts";

export const slowUpstream: Scenario = {
  name: "slow-upstream",
  title: "An upstream answers, but slowly",
  does: "One upstream takes 1.5 s for each call, just under what its breaker allows, so that it stays closed. It is quick again after ten minutes.",
  triage: ["slow-upstream"],
  touches: "one",
  start: "as-is",
  upstream: { kind: "slow", ms: 1500 },
  endsAfterMs: 10 * minutes,
  alert: "slow",
  beganAgoMs: 12 * minutes,
  past: always({ state: "closed", outcome: "ok", callSeconds: 1.5 }),
};
