import { runProgram } from "./cli/program.ts";
import type { Host } from "./host/host.ts";

/** Runs one command line. Never ends the process, and throws only for a bug in itself. @returns the exit code. */
export function run(argv: readonly string[], host: Host): Promise<number> {
  return runProgram(argv, host);
}
