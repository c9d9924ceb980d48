import { readFileSync } from "node:fs";
import net from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { request } from "./http-client.ts";
import { type Program, type SupervisedChild, startSupervised } from "./supervised-child.ts";

export interface ServerProcess {
  /** Without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

const attempts = 3;
const pollMs = 20;
const patienceMs = 15_000;

/**
 * Starts a server program on a free loopback port and waits until `/-/ready` answers 200.
 * `argsFor` gets `host:port`. Rejects with the end of its log when it does not come up.
 */
export async function startServerProcess(
  program: Program,
  argsFor: (address: string) => readonly string[],
  logFile: string,
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt++) {
    const address = `127.0.0.1:${await freePort()}`;
    const child = startSupervised(program, argsFor(address), logFile);
    const url = `http://${address}`;
    if (await becomesReady(url, child)) return { url, stop: child.stop };
    await child.stop();
    // The port may have been taken in between.
    if (attempt === attempts) throw new Error(`${program.file} does not start: ${endOf(logFile)}`);
  }
}

async function becomesReady(url: string, child: SupervisedChild): Promise<boolean> {
  for (let waited = 0; waited < patienceMs && child.isRunning(); waited += pollMs) {
    const reply = await request(`${url}/-/ready`).catch(() => null);
    if (reply?.status === 200 && child.isRunning()) return true;
    await wait(pollMs);
  }
  return false;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function endOf(logFile: string): string {
  return readFileSync(logFile, "utf8").trim().split("\n").slice(-3).join(" | ");
}
