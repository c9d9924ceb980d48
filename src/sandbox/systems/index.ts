import { acmeSystem } from "./acme.ts";
import { agentBreakersSystem } from "./agent-breakers.ts";
import { gatewaySystem } from "./gateway.ts";
import { keyBreakersSystem } from "./key-breakers.ts";
import { routerExtensionsSystem } from "./router-extensions.ts";
import { routerPolicySystem } from "./router-policy.ts";
import type { SandboxSystem, SandboxSystemName, SystemSetup } from "./sandbox-system.ts";
import { serviceMetricsSystem } from "./service-metrics.ts";
import { updogSystem } from "./updog.ts";

/** Every breaker platform the sandbox can run. */
export const systems: Readonly<Record<SandboxSystemName, (setup: SystemSetup) => SandboxSystem>> = {
  "key-breakers": keyBreakersSystem,
  gateway: gatewaySystem,
  acme: acmeSystem,
  "agent-breakers": agentBreakersSystem,
  updog: updogSystem,
  "service-metrics": serviceMetricsSystem,
  "router-policy": routerPolicySystem,
  "router-extensions": routerExtensionsSystem,
};
