import { ok } from "../behaviour.ts";
import type { Scenario } from "../scenario.ts";
import { always, fine, minutes } from "./past.ts";

export const falseAlarm: Scenario = {
  name: "false-alarm",
  title: "An alert fires and nothing is open",
  does: "Alertmanager reports all breakers open; every breaker is and was closed. The alert runs out by itself.",
  triage: ["false-alarm"],
  touches: "none",
  start: "as-is",
  upstream: ok,
  endsAfterMs: null,
  alert: "all-open",
  beganAgoMs: 10 * minutes,
  past: always(fine),
};
