import { ok } from "../behaviour.ts";
import type { Scenario } from "../scenario.ts";
import { always, minutes, turnedAway } from "./past.ts";

export const oneOpen: Scenario = {
  name: "one-open",
  title: "One breaker is open on every instance",
  does: "An upstream failed for a while and works again, but its breaker waits five minutes before it tries. A reset ends it at once and holds.",
  triage: ["one-open"],
  touches: "one",
  limits: { openMs: 5 * minutes },
  start: "open",
  upstream: ok,
  endsAfterMs: null,
  alert: "open",
  beganAgoMs: 4 * minutes,
  past: always(turnedAway),
};
