import type { Scenario } from "../scenario.ts";
import { minutes, openWithTrials } from "./past.ts";

export const afterDeploy: Scenario = {
  name: "after-deploy",
  title: "A breaker opened right after a deployment",
  does: "All instances restarted six minutes ago; one breaker opened a minute later and its calls still fail. It ends when the release is taken back, after fifteen minutes at the latest.",
  triage: ["opened-after-deploy", "one-open"],
  touches: "one",
  start: "open",
  upstream: "broken",
  startedAgoMs: 6 * minutes,
  endsAfterMs: 15 * minutes,
  alert: "open",
  beganAgoMs: 5 * minutes,
  past: openWithTrials,
};
