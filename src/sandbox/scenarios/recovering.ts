import { ok } from "../behaviour.ts";
import type { Scenario } from "../scenario.ts";
import { minutes, openWithTrials } from "./past.ts";

export const recovering: Scenario = {
  name: "recovering",
  title: "An outage is over and the breakers are closing",
  does: "The upstreams work again; the open breakers try and close one after the other within the next minute. Nothing needs to be done.",
  triage: ["recovering"],
  touches: "majority",
  start: "open",
  staggered: true,
  upstream: ok,
  endsAfterMs: null,
  alert: "majority-open",
  beganAgoMs: 8 * minutes,
  past: openWithTrials,
};
