import { request } from "./http-client.ts";

export interface TimeSeries {
  /** `__name__` among them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly { readonly value: number | Gone; readonly at: number }[];
}

/** From this sample on the series is no more: what a scrape notes that no longer finds it. */
export type Gone = "gone";

/** Writes samples (`at` in milliseconds since 1970) into Prometheus; they can be queried at once. */
export async function writeSeries(prometheusUrl: string, series: readonly TimeSeries[]): Promise<void> {
  if (series.length === 0) return;
  const reply = await request(`${prometheusUrl}/api/v1/write`, {
    body: snappyLiterals(Buffer.concat(series.map((one) => field(1, encodeSeries(one))))),
    headers: {
      "content-type": "application/x-protobuf",
      "content-encoding": "snappy",
      "x-prometheus-remote-write-version": "0.1.0",
    },
  });
  if (reply.status !== 204)
    throw new Error(`Prometheus did not take the samples: ${reply.status} ${reply.body}`);
}

function encodeSeries({ labels, samples }: TimeSeries): Buffer {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat([
    ...sorted.map(([name, value]) =>
      field(1, Buffer.concat([field(1, Buffer.from(name)), field(2, Buffer.from(value))])),
    ),
    ...samples.map(({ value, at }) => field(2, encodeSample(value, at))),
  ]);
}

/** Prometheus's own NaN for the end of a series; writing it as a number would lose its bits. */
const staleBits = 0x7ff0_0000_0000_0002n;

function encodeSample(value: number | Gone, at: number): Buffer {
  const double = Buffer.alloc(9);
  double[0] = (1 << 3) | 1;
  if (value === "gone") double.writeBigUInt64LE(staleBits, 1);
  else double.writeDoubleLE(value, 1);
  return Buffer.concat([double, Buffer.from([2 << 3]), varint(at)]);
}

/** A protobuf field that carries its length. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2]), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}

const chunkBytes = 65_536;
const twoByteLength = 61 << 2;

/** The snappy block format without any compression: the length, then literal after literal. */
function snappyLiterals(content: Buffer): Buffer {
  const parts = [varint(content.length)];
  for (let start = 0; start < content.length; start += chunkBytes) {
    const chunk = content.subarray(start, start + chunkBytes);
    const header = Buffer.from([twoByteLength, 0, 0]);
    header.writeUInt16LE(chunk.length - 1, 1);
    parts.push(header, chunk);
  }
  return Buffer.concat(parts);
}
