/** Crockford's base 32: no letter that reads like a digit. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const TIME_DIGITS = 10;
const RANDOM_BYTES = 10;

/**
 * A ULID: 10 digits of time, 16 of chance (80 bits). Ids of different milliseconds sort by time.
 * @param now milliseconds since 1970.
 * @param random as many unguessable bytes as asked for.
 */
export function newId(now: number, random: (bytes: number) => Uint8Array): string {
  return encode(BigInt(now), TIME_DIGITS) + encode(toInteger(random(RANDOM_BYTES)), (RANDOM_BYTES * 8) / 5);
}

function toInteger(bytes: Uint8Array): bigint {
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

function encode(value: bigint, digits: number): string {
  return Array.from({ length: digits }, (_, place) => {
    const shift = BigInt(5 * (digits - 1 - place));
    return DIGITS[Number((value >> shift) & 31n)];
  }).join("");
}
