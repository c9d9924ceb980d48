import type { Scenario } from "../scenario.ts";
import { minutes, openWithTrials } from "./past.ts";

export const majorityOpen: Scenario = {
  name: "majority-open",
  title: "More than half of the breakers are open",
  does: "Three in four of each group's breakers, counted over all instances, are open because their upstreams are down. The upstreams come back after ten minutes.",
  triage: ["majority-open"],
  touches: "majority",
  start: "open",
  upstream: "broken",
  endsAfterMs: 10 * minutes,
  alert: "majority-open",
  beganAgoMs: 20 * minutes,
  past: openWithTrials,
};
