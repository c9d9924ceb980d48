import { expect, test } from "vitest";
import { placeRecord, startChain } from "../../../src/drivers/store/chain.ts";
import { GENESIS } from "../../../src/drivers/store/record.ts";

const START = "start";

/** Places records that are written `prev>hash`, and tells the place of each. */
function placesOf(records: string): { readonly places: string; readonly head: string; readonly seq: number } {
  const chain = startChain();
  const places = records.split(" ").map((text, index) => {
    const [prev = "", hash = ""] = text.split(">");
    const record = { stream: "a", revision: 1, at: "", seq: index + 1, hash };
    return placeRecord(chain, { ...record, prev: prev === START ? GENESIS : prev });
  });
  return { places: places.join(" "), head: chain.head, seq: chain.seq };
}

test.each([
  ["one after the other", "start>a a>b b>c", "committed committed committed", "c"],
  ["two at once: the first wins", "start>a a>b a>B b>c", "committed committed lost committed", "c"],
  ["two at the very start", "start>a start>A a>b", "committed lost committed", "b"],
  [
    "an attempt that comes very late",
    "start>a a>b b>c c>d a>B d>e",
    "committed committed committed committed lost committed",
    "e",
  ],
  ["many that lose in a row", "start>a start>b start>c a>d", "committed lost lost committed", "d"],
  ["a deleted record: what follows it counts", "start>a b>c c>d", "committed after-gap committed", "d"],
  ["two at once after a deleted record", "start>a b>c b>C c>d", "committed after-gap lost committed", "d"],
  ["a deleted start", "a>b b>c", "after-gap committed", "c"],
  ["a record that was moved down", "start>a b>c a>b c>d", "committed after-gap lost committed", "d"],
  [
    "a follower of a loser proves that the loser had won",
    "start>a a>b a>B B>C C>D",
    "committed committed lost after-gap committed",
    "D",
  ],
  ["a repeated record", "start>a a>b a>b b>c", "committed committed lost committed", "c"],
])("%s", (_, records, places, head) => {
  expect(placesOf(records)).toMatchObject({ places, head });
});

test("the head has the seq of the last record that counts", () => {
  expect(placesOf("start>a a>b a>B").seq).toBe(2);
});
