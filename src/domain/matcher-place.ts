/** Where a further label matcher can be put into the text of a query. */
export interface MatcherPlace {
  /** An offset into the text. */
  readonly at: number;
  /** What has to stand around it: braces of its own, or a comma after those that are there. */
  readonly as: "braces" | "only" | "next";
}
