import type { Scenario } from "../scenario.ts";
import { always, minutes } from "./past.ts";

export const neverOpens: Scenario = {
  name: "never-opens",
  title: "Calls fail and the breaker stays closed",
  does: "An upstream is down and its failures are counted far past the threshold, but the breaker does not act on them. The upstream comes back after ten minutes.",
  triage: ["never-opens"],
  touches: "one",
  start: "failing",
  upstream: "broken",
  neverTrips: true,
  endsAfterMs: 10 * minutes,
  alert: null,
  beganAgoMs: 12 * minutes,
  past: always({ state: "closed", outcome: "error", callSeconds: 0.02 }),
};
