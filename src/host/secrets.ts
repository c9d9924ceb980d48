import type { Secrets } from "./host.ts";

/** Shorter ones would blank out half of every text. */
const SHORTEST_SECRET = 4;
const MASK = "***";

export type Redactor = Pick<Secrets, "register" | "redact">;

/** Forms are tried longest first, in one pass over the text. */
export function createRedactor(): Redactor {
  const forms = new Set<string>();
  let pattern: RegExp | null = null;
  return {
    register(secret) {
      if (secret.length < SHORTEST_SECRET) return;
      for (const form of formsOf(secret)) forms.add(form);
      pattern = new RegExp(
        [...forms]
          .sort((a, b) => b.length - a.length)
          .map(escapePattern)
          .join("|"),
        "g",
      );
    },
    redact: (text) => (pattern === null ? text : text.replace(pattern, MASK)),
  };
}

function formsOf(secret: string): string[] {
  const percent = encodeURIComponent(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const plain = [secret, json, escapeMarkup(secret)];
  const url = [
    percent,
    percent.replaceAll("%20", "+"),
    percent.replace(/%../g, (code) => code.toLowerCase()),
  ];
  return [...plain, ...url, ...base64Forms(Buffer.from(secret))].filter(
    ({ length }) => length >= SHORTEST_SECRET,
  );
}

/** Whole, and what of it is the same wherever it stands inside a longer encoded text, `user:password` for one. */
function base64Forms(bytes: Buffer): string[] {
  const inside = [0, 1, 2].map((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  const standard = [bytes.toString("base64"), ...inside];
  return standard.flatMap((text) => [
    text,
    text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, ""),
  ]);
}

const MARKUP: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => MARKUP[character] ?? character);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
