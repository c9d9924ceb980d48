/** Order of two texts by code unit: stable everywhere, and free of the ICU tables that a locale's order loads at start. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
