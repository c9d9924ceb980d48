import type { Scenario } from "../scenario.ts";
import { flappingEvery, minutes, seconds } from "./past.ts";

export const flapping: Scenario = {
  name: "flapping",
  title: "One breaker opens and closes again and again",
  does: "An upstream fails three calls in a row, then answers three; a failure threshold of 3 and an open time of 5 s follow each blip. A threshold of 5 ends it where failures must be in a row; by itself it ends after half an hour.",
  triage: ["flapping"],
  touches: "one",
  limits: { failureThreshold: 3, openMs: 5 * seconds },
  start: "open",
  upstream: { kind: "flaky", fails: 3, oks: 3, broken: { kind: "drop" } },
  endsAfterMs: 30 * minutes,
  alert: "flapping",
  beganAgoMs: 25 * minutes,
  past: flappingEvery(8 * seconds),
};
