import type { CallDriver } from "./driver.ts";
import type { HttpCallsOptions } from "./http.ts";

/** The protocols that a call can speak, each loaded when a system speaks it. */
export const CALL_DRIVERS = {
  http: async (options: HttpCallsOptions): Promise<CallDriver> =>
    (await import("./http.ts")).httpCalls(options),
} as const;
