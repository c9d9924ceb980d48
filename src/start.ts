import { createHost } from "./host/node-host.ts";
import { run } from "./main.ts";

/** Starts cbctl in a process of its own: argv in, exit code out. */
export async function start(process: NodeJS.Process): Promise<void> {
  const { host, dispose } = createHost(process);
  process.exitCode = await run(process.argv.slice(2), host);
  await dispose();
}
