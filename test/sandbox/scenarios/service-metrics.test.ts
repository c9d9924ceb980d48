import { describeScenarios } from "./scenario-suite.ts";

describeScenarios("service-metrics");
