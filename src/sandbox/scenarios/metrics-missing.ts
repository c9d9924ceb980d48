import { ok } from "../behaviour.ts";
import type { Scenario } from "../scenario.ts";
import { always, fine, minutes } from "./past.ts";

export const metricsMissing: Scenario = {
  name: "metrics-missing",
  title: "The metrics pages lack the breakers",
  does: "The admin APIs answer and every breaker is closed, but the breakers' series are gone from /metrics since ten minutes. They return after another ten.",
  triage: ["metrics-missing"],
  touches: "none",
  start: "as-is",
  upstream: ok,
  metricsMissing: true,
  endsAfterMs: 10 * minutes,
  alert: "metrics-missing",
  beganAgoMs: 10 * minutes,
  past: always(fine),
};
