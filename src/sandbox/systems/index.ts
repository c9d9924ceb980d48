import { acmeSystem } from "./acme.ts";
import { gatewaySystem } from "./gateway.ts";
import { keyBreakersSystem } from "./key-breakers.ts";
import type { SandboxSystem, SandboxSystemName, SystemSetup } from "./sandbox-system.ts";

/** Every breaker platform the sandbox can run. */
export const systems: Readonly<Record<SandboxSystemName, (setup: SystemSetup) => SandboxSystem>> = {
  "key-breakers": keyBreakersSystem,
  gateway: gatewaySystem,
  acme: acmeSystem,
};
