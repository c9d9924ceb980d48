import { randomUUID } from "node:crypto";
import { CbctlError } from "../../../src/domain/errors.ts";
import { openStore } from "../../../src/drivers/store/index.ts";
import { createFiles } from "../../../src/host/files.ts";

/**
 * A process that appends `count` bodies to the stream `shared`, each one more than the last that it read there, and
 * writes one line for each that was acknowledged: `<number> <hash>`.
 */
async function main(file: string, count: number): Promise<void> {
  const clock = { now: Date.now };
  const store = openStore({ file, files: createFiles(), clock, redact: (text) => text, newId: randomUUID });
  for (let done = 0; done < count; ) {
    const last = (await store.read("shared")).at(-1);
    const next = Number(last?.body ?? 0) + 1;
    try {
      const [event] = await store.append("shared", last?.revision ?? 0, [next]);
      process.stdout.write(`${next} ${event?.hash}\n`);
      done += 1;
    } catch (error) {
      if (!(error instanceof CbctlError && error.code === "conflict")) throw error;
    }
  }
}

const [, , file = "", count = "0"] = process.argv;
void main(file, Number(count));
