import type { Scenario } from "../scenario.ts";
import { minutes, openWithTrials } from "./past.ts";

export const allOpen: Scenario = {
  name: "all-open",
  title: "Every breaker is open",
  does: "All upstreams are down; each trial fails and a reset does not hold. They come back after five minutes, and the breakers close by themselves.",
  triage: ["all-open"],
  touches: "all",
  start: "open",
  upstream: "broken",
  endsAfterMs: 5 * minutes,
  alert: "all-open",
  beganAgoMs: 15 * minutes,
  past: openWithTrials,
};
