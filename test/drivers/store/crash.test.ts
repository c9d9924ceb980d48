import { randomInt } from "node:crypto";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { describe, expect, test } from "vitest";
import { openStore } from "../../../src/drivers/store/index.ts";
import { GENESIS, sealRecord } from "../../../src/drivers/store/record.ts";
import { logOptions, NOON, temporaryFolder } from "./log-folder.ts";
import { bundleWorker, startWorker } from "./worker-processes.ts";

const STREAM = "shared";

/** `npm run test:long` repeats what depends on chance. */
const IN_FULL = process.env["CBCTL_LONG"] === "1";
const WRITERS = IN_FULL ? 20 : 10;
const APPENDS = IN_FULL ? 50 : 20;
const KILLS = IN_FULL ? 300 : 20;
const KILLS_A_ROUND = 4;
const MOST_MS = IN_FULL ? 300_000 : 60_000;

/** Everything that a log of one stream of counted bodies must still be, whatever happened to its writers. */
async function expectWhole(file: string, acknowledged: readonly string[]) {
  const store = openStore(logOptions({ file }));
  const events = await store.read(STREAM);
  const found = await store.verify();
  expect(found).toMatchObject({ events: events.length, faults: [] });
  expect(events.map(({ body }) => body)).toEqual(events.map((_, index) => index + 1));
  expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index + 1));
  const kept = new Set(events.map(({ body, hash }) => `${body} ${hash}`));
  expect(acknowledged.filter((line) => !kept.has(line))).toEqual([]);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
  return { events, found };
}

describe("many processes", () => {
  test(
    `${WRITERS} × ${APPENDS} appends that each depend on the last: none lost, none twice`,
    async () => {
      const folder = temporaryFolder();
      const script = await bundleWorker(folder);
      const file = join(folder, "log.jsonl");
      const workers = Array.from({ length: WRITERS }, () => startWorker(script, file, APPENDS));
      for (const { ended } of workers) expect(await ended).toEqual({ code: 0, signal: null });
      const acknowledged = workers.flatMap((worker) => worker.acknowledged);
      expect(acknowledged).toHaveLength(WRITERS * APPENDS);
      const { events } = await expectWhole(file, acknowledged);
      expect(events).toHaveLength(WRITERS * APPENDS);
    },
    MOST_MS,
  );

  test(
    `kill -9 of ${KILLS} writers at random instants: the log opens, is whole, and holds all that was acknowledged`,
    async () => {
      const folder = temporaryFolder();
      const script = await bundleWorker(folder);
      const file = join(folder, "log.jsonl");
      const acknowledged: string[] = [];
      for (let round = 0; round < KILLS / KILLS_A_ROUND; round += 1) {
        const workers = Array.from({ length: KILLS_A_ROUND }, () => {
          const killAfter = randomInt(1, 12);
          return startWorker(script, file, 1_000_000, ({ child, acknowledged: lines }) => {
            if (lines.length === killAfter) child.kill("SIGKILL");
          });
        });
        for (const worker of workers) {
          expect(await worker.ended).toEqual({ code: null, signal: "SIGKILL" });
          acknowledged.push(...worker.acknowledged);
        }
        await expectWhole(file, acknowledged);
      }
      const store = openStore(logOptions({ file }));
      const last = (await store.read(STREAM)).at(-1);
      await store.append(STREAM, last?.revision ?? 0, [Number(last?.body) + 1]);
      await expectWhole(file, acknowledged);
    },
    MOST_MS,
  );
});

test("a writer that died after any byte of its line leaves the old value or the new, and the log goes on", async () => {
  const options = logOptions();
  await openStore(options).append(STREAM, 0, [1]);
  const before = join(temporaryFolder(), "before.jsonl");
  copyFileSync(options.file, before);
  await openStore(options).append(STREAM, 1, [2]);
  const kept = readFileSync(before).length;
  const block = readFileSync(options.file).subarray(kept);

  for (let cut = 0; cut <= block.length; cut += 1) {
    writeFileSync(options.file, Buffer.concat([readFileSync(before), block.subarray(0, cut)]));
    const seen = (await openStore(options).read(STREAM)).length;
    expect(seen, `cut after byte ${cut}`).toBe(cut === block.length ? 2 : 1);

    const store = openStore(options);
    // All but the line's end is there: the next writer ends it, so it counts, and that writer is the one that lost.
    const revived = cut === block.length - 1;
    if (revived) await expect(store.append(STREAM, 1, [2])).rejects.toMatchObject({ code: "conflict" });
    const revision = (await store.read(STREAM)).length;
    await store.append(STREAM, revision, [revision + 1]);
    const { found } = await expectWhole(options.file, []);
    expect(found, `cut after byte ${cut}`).toMatchObject({ torn: cut > 1 && cut < block.length - 1 ? 1 : 0 });
  }
});

test("a log of 100,000 lines opens, and takes an append", async () => {
  const file = join(temporaryFolder(), "log.jsonl");
  const at = new Date(NOON).toISOString();
  const lines: string[] = [];
  let prev = GENESIS;
  for (let seq = 1; seq <= 100_000; seq += 1) {
    const bodies = [seq];
    const { line, hash } = sealRecord({
      prev,
      stream: STREAM,
      revision: seq,
      seq,
      at,
      nonce: `n${seq}`,
      bodies,
    });
    lines.push(line);
    prev = hash;
  }
  writeFileSync(file, `\n${lines.join("\n\n")}\n`);

  const store = openStore(logOptions({ file }));
  const start = performance.now();
  await store.append(STREAM, 100_000, [100_001]);
  const appended = performance.now();
  expect(await store.verify()).toMatchObject({ events: 100_001, faults: [] });
  const verified = performance.now();
  const took = (from: number, to: number) => `${Math.round(to - from)} ms`;
  process.stderr.write(
    `100,000 lines: open + append ${took(start, appended)}, verify ${took(appended, verified)}\n`,
  );
}, 60_000);
