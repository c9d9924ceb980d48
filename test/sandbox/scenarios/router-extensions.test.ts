import { describeScenarios } from "./scenario-suite.ts";

describeScenarios("router-extensions");
