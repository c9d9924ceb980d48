import { ok } from "../behaviour.ts";
import type { Scenario } from "../scenario.ts";
import { always, fine } from "./past.ts";

export const healthy: Scenario = {
  name: "healthy",
  title: "Nothing is wrong",
  does: "Every breaker is closed and every upstream answers.",
  triage: [],
  touches: "none",
  start: "as-is",
  upstream: ok,
  endsAfterMs: null,
  alert: null,
  beganAgoMs: 0,
  past: always(fine),
};
