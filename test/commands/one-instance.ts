import { type FakeHostOptions, runCbctl } from "../support/fake-host.ts";
import { keyBreaker, keyBreakers } from "./fleet-server.ts";

export const RESET_K1 = "POST http://a/api/v1/circuit-breaker/k1/reset";
export const PATCH_K1 = "PATCH http://a/api/v1/circuit-breaker/k1/config";

/** One instance with an open breaker and two closed ones, fresh for each run; `dead` does not answer. */
export const oneInstance = () =>
  keyBreakers({
    a: [keyBreaker("k1", "open"), keyBreaker("k2"), keyBreaker("k3", "closed", "openai")],
    dead: null,
  });

export const run = (argv: readonly string[], options: FakeHostOptions = {}) =>
  runCbctl(argv, { serve: oneInstance(), ...options });
