import { CbctlError } from "../domain/errors.ts";
import { findProgram, type ProgramPlaces } from "./find-program.ts";
import type { Processes } from "./host.ts";
import { interruptionOf } from "./interruption.ts";

export interface ProcessesOptions extends ProgramPlaces {
  readonly stdinIsTerminal: () => boolean;
}

/** The programs of this machine; what starts them is loaded with the first one. */
export function createProcesses(options: ProcessesOptions): Processes {
  const { env, stdinIsTerminal } = options;

  async function pathOf(program: string, signal: AbortSignal): Promise<string> {
    const path = await findProgram(program, options);
    if (signal.aborted) throw interruptionOf(signal);
    return path ?? notFound(program);
  }

  return {
    find: (program) => findProgram(program, options),
    async run([program = "", ...rest], { timeoutMs, signal }) {
      const { runCollected } = await import("./run-collected.ts");
      return runCollected(await pathOf(program, signal), rest, { timeoutMs, signal, env });
    },
    async runAttached([program = "", ...rest], more, signal) {
      const { runAttached } = await import("./run-attached.ts");
      const path = await pathOf(program, signal);
      return runAttached(path, rest, {
        env: { ...env, ...more },
        signal,
        hearsInterrupts: stdinIsTerminal(),
      });
    },
  };
}

function notFound(program: string): never {
  throw new CbctlError("usage", `there is no program "${program}"`, {
    reason: "it is neither among the fetched parts nor in PATH",
    hint: "install it, or add its folder to PATH",
  });
}
