import type { Readable } from "node:stream";
import { CbctlError } from "../domain/errors.ts";
import { cutShort, encoded, tooLong } from "./http-errors.ts";
import type { Hop, HopAnswer } from "./http-transport.ts";

/** Reads a body to its end, at most `maxBytes` of it; leaving early ends its socket. */
export async function readAnswer(
  hop: Hop,
  head: { readonly status: number; readonly headers: Readonly<Record<string, string>> },
  body: Readable,
): Promise<HopAnswer> {
  const encoding = head.headers["content-encoding"] ?? "identity";
  const chunks: Buffer[] = [];
  let received = 0;
  try {
    if (encoding !== "identity") throw encoded(hop.url, encoding);
    for await (const chunk of body) {
      received += chunk.length;
      if (received > hop.maxBytes) throw tooLong(hop.url, hop.maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    body.on("error", () => {}).destroy();
    throw error instanceof CbctlError ? error : cutShort(hop.url, received);
  }
  return { ...head, body: withoutMark(Buffer.concat(chunks).toString("utf8")) };
}

/** Some servers begin with a byte order mark, which JSON does not know. */
function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}
