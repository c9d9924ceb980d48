import { CbctlError } from "../domain/errors.ts";
import type { Host } from "../host/host.ts";

/** The documents that this user has looked at and trusts, by the digest of their text. */
export interface Trust {
  isTrusted(text: string): Promise<boolean>;
  add(text: string, path: string): Promise<void>;
  digest(text: string): string;
}

interface Ledger {
  readonly trusted: Readonly<
    Record<string, { readonly path: string; readonly at: string; readonly by: string }>
  >;
}

export function trustOf(host: Host): Trust {
  const path = `${host.places.stateFolder}/trust.json`;

  async function ledger(): Promise<Ledger> {
    const text = await host.files.readText(path);
    if (text === null) return { trusted: {} };
    const known = readLedger(text);
    if (known) return known;
    throw new CbctlError("invalid-document", `${path} is damaged`, {
      hint: "remove it and trust your documents again",
      where: path,
    });
  }

  return {
    digest: (text) => host.digest(text),
    async isTrusted(text) {
      return Object.hasOwn((await ledger()).trusted, host.digest(text));
    },
    async add(text, file) {
      const { trusted } = await ledger();
      const entry = { path: file, at: new Date(host.clock.now()).toISOString(), by: host.user.name };
      await host.files.writeText(
        path,
        `${JSON.stringify({ trusted: { ...trusted, [host.digest(text)]: entry } }, null, 2)}\n`,
      );
    },
  };
}

function readLedger(text: string): Ledger | null {
  try {
    const ledger = JSON.parse(text) as Ledger | null;
    return typeof ledger?.trusted === "object" && ledger.trusted !== null ? ledger : null;
  } catch {
    return null;
  }
}
