import type { AlertRule } from "../../domain/alert-rule.ts";
import type { Config } from "../../domain/config.ts";
import type { System } from "../../domain/system.ts";
import { boundsHold } from "./bounds.ts";
import { changesAreReadBack } from "./changes-are-read-back.ts";
import { currentContextExists, headersAreNoSecrets, placeIsTold, timeScaleIsLocal } from "./config.ts";
import { emptyMapFallback } from "./empty-map-fallback.ts";
import { hostsAreFixed } from "./fixed-host.ts";
import { holesCanBeFilled } from "./holes.ts";
import { inputNames } from "./input-names.ts";
import { knownMeasures } from "./known-measures.ts";
import { patchHasThresholds } from "./patch-has-thresholds.ts";
import { pathsCompile } from "./paths-compile.ts";
import { reachesAreKnown } from "./reaches.ts";
import type { Rule } from "./rule.ts";
import { stateWords } from "./state-words.ts";
import { tellsSomething } from "./tells-something.ts";
import { verbsHaveWords } from "./verbs-have-words.ts";

export const systemRules: readonly Rule<System>[] = [
  tellsSomething,
  emptyMapFallback,
  pathsCompile,
  stateWords,
  boundsHold,
  inputNames,
  reachesAreKnown,
  holesCanBeFilled,
  hostsAreFixed,
  patchHasThresholds,
  changesAreReadBack,
  verbsHaveWords,
];

export const alertRuleRules: readonly Rule<AlertRule>[] = [knownMeasures];

export const configRules: readonly Rule<Config>[] = [
  currentContextExists,
  placeIsTold,
  timeScaleIsLocal,
  headersAreNoSecrets,
];
