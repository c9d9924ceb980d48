import { describeScenarios } from "./scenario-suite.ts";

describeScenarios("key-breakers");
