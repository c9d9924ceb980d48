import type { Scenario } from "../scenario.ts";
import { afterDeploy } from "./after-deploy.ts";
import { allOpen } from "./all-open.ts";
import { falseAlarm } from "./false-alarm.ts";
import { flapping } from "./flapping.ts";
import { healthy } from "./healthy.ts";
import { majorityOpen } from "./majority-open.ts";
import { metricsMissing } from "./metrics-missing.ts";
import { neverOpens } from "./never-opens.ts";
import { oneOpen } from "./one-open.ts";
import { recovering } from "./recovering.ts";
import { slowUpstream } from "./slow-upstream.ts";
import { stuckHalfOpen } from "./stuck-half-open.ts";

/** Every situation the sandbox can play, by the name that `--scenario` takes. */
export const scenarios: readonly Scenario[] = [
  healthy,
  oneOpen,
  allOpen,
  majorityOpen,
  flapping,
  stuckHalfOpen,
  falseAlarm,
  afterDeploy,
  neverOpens,
  metricsMissing,
  slowUpstream,
  recovering,
];
