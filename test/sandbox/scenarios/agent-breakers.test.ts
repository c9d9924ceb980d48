import { describeScenarios } from "./scenario-suite.ts";

describeScenarios("agent-breakers");
