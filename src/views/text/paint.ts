export const TONES = ["good", "bad", "warn", "dim", "strong"] as const;

/** What a colour is to say; the colours themselves are one file's business. */
export type Tone = (typeof TONES)[number];

/** Each tone as a function from text to the same text, painted. */
export type Paint = Readonly<Record<Tone, (text: string) => string>>;

const same = (text: string): string => text;

/** Leaves every text as it is. */
export const plainPaint: Paint = { good: same, bad: same, warn: same, dim: same, strong: same };

/** The paint of an output; the colour package is loaded only when colour is on. */
export async function loadPaint(color: boolean): Promise<Paint> {
  return color ? (await import("./paint-chalk.ts")).chalkPaint : plainPaint;
}
