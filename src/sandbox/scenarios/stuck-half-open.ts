import { ok } from "../behaviour.ts";
import type { Scenario } from "../scenario.ts";
import { always, minutes } from "./past.ts";

export const stuckHalfOpen: Scenario = {
  name: "stuck-half-open",
  title: "One breaker stays half-open",
  does: "After one good trial no more traffic came, so the second success is missing. A reset closes it; after ten minutes traffic returns.",
  triage: ["stuck-half-open"],
  touches: "one",
  start: "half_open",
  upstream: ok,
  quiet: true,
  endsAfterMs: 10 * minutes,
  alert: "stuck-half-open",
  beganAgoMs: 12 * minutes,
  past: always({ state: "half_open", outcome: null, callSeconds: 0 }),
};
