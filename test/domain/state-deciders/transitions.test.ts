import type { StateFromMetrics } from "../../../src/domain/system.ts";
import { type StateCase, stateSuite } from "../metric-state-suite.ts";

const oneHot: StateFromMetrics = { series: "cb_state", label: "state" };
const fromTo: StateFromMetrics = { transitions: "cb_changes_total", from: "from", to: "to" };
const toOnly: StateFromMetrics = { transitions: "cb_changes_total", to: "to" };
const stateOnly: StateFromMetrics = { transitions: "cb_changes_total", to: "state" };
const bare: StateFromMetrics = { transitions: "cb_changes_total" };

const staleOne = ['cb_state{state="closed"} 1 1 1', 'cb_state{state="open"} _ 1 1'];
const staleAll = [
  'cb_state{state="closed"} 1 1 1 1 1 1',
  'cb_state{state="open"} _ 1 1 1 1 1',
  'cb_state{state="half_open"} _ _ 1 1 1 1',
];

const bothEnds: StateCase[] = [
  {
    what: "stale after one change",
    ways: [oneHot, fromTo],
    series: [...staleOne, 'cb_changes_total{from="closed",to="open"} _ 1 1'],
    says: "open",
    because: /^entries minus exits of cb_changes_total\|/,
  },
  {
    what: "stale after two changes",
    ways: [oneHot, fromTo],
    series: [
      ...staleAll,
      'cb_changes_total{from="closed",to="open"} _ 1 1 1',
      'cb_changes_total{from="open",to="half_open"} _ _ 1 1',
    ],
    says: "half_open",
  },
  {
    what: "stale after three, back to closed while it was watched",
    ways: [oneHot, fromTo],
    series: [
      ...staleAll,
      'cb_changes_total{from="closed",to="open"} 0 1 1 1',
      'cb_changes_total{from="open",to="half_open"} 0 0 1 1',
      'cb_changes_total{from="half_open",to="closed"} 0 0 0 1',
    ],
    says: "closed",
    because: /^the last changes in cb_changes_total\|/,
  },
  {
    what: "stale after five",
    ways: [oneHot, fromTo],
    series: [
      ...staleAll,
      'cb_changes_total{from="closed",to="open"} 0 1 1 1 1 1',
      'cb_changes_total{from="open",to="half_open"} 0 0 1 1 2 2',
      'cb_changes_total{from="half_open",to="open"} 0 0 0 1 1 1',
      'cb_changes_total{from="half_open",to="closed"} 0 0 0 0 0 1',
    ],
    says: "closed",
  },
  {
    what: "five between two readings",
    ways: [fromTo],
    series: [
      'cb_changes_total{from="closed",to="open"} 1 2',
      'cb_changes_total{from="open",to="half_open"} 1 3',
      'cb_changes_total{from="half_open",to="open"} 0 1',
      'cb_changes_total{from="half_open",to="closed"} 1 1',
    ],
    says: "half_open",
  },
  {
    what: "two at once that end closed",
    ways: [fromTo],
    series: [
      'cb_changes_total{from="closed",to="open"} 1 1',
      'cb_changes_total{from="open",to="half_open"} 0 1',
      'cb_changes_total{from="half_open",to="closed"} 0 1',
    ],
    says: "closed",
  },
  {
    what: "a whole round long ago",
    ways: [fromTo],
    series: [
      'cb_changes_total{from="closed",to="open"} 1 1',
      'cb_changes_total{from="open",to="half_open"} 1 1',
      'cb_changes_total{from="half_open",to="closed"} 1 1',
    ],
    says: "unknown",
    because: /came back to where it began/,
  },
  {
    what: "no change counted yet",
    ways: [fromTo],
    series: ['cb_changes_total{from="closed",to="open"} 0 0'],
    says: "unknown",
    because: /has counted no change/,
  },
  {
    what: "counts of several breakers in one series",
    ways: [fromTo],
    series: ['cb_changes_total{from="closed",to="open"} 3 3'],
    says: "unknown",
    because: /open \+3 and closed -3, which is no one state/,
  },
  {
    what: "a restart, and open again",
    ways: [fromTo],
    series: [
      'cb_changes_total{from="closed",to="open"} 4 4 1',
      'cb_changes_total{from="open",to="half_open"} 4 4 0',
      'cb_changes_total{from="half_open",to="closed"} 4 4 0',
    ],
    says: "open",
  },
  {
    what: "a restart, and nothing since",
    ways: [fromTo],
    series: [
      'cb_changes_total{from="closed",to="open"} 4 4 0',
      'cb_changes_total{from="half_open",to="closed"} 3 3 0',
    ],
    says: "unknown",
    because: /has counted no change/,
  },
  {
    what: "the seed's words against the code's labels",
    ways: [stateOnly],
    series: ['cb_changes_total{from="closed",to="open"} 0 1'],
    says: "unknown",
    because: /series without state/,
  },
  {
    what: "to a word that is no state",
    ways: [fromTo],
    series: ['cb_changes_total{from="closed",to="limbo"} 1'],
    says: "unknown",
    because: /"limbo", which is no known state/,
  },
  {
    what: "NaN",
    holdsNaN: true,
    ways: [fromTo],
    series: ['cb_changes_total{from="closed",to="open"} 1 NaN'],
    says: "unknown",
  },
];

const oneEnd: StateCase[] = [
  {
    what: "stale after one change",
    ways: [oneHot, toOnly],
    series: [...staleOne, 'cb_changes_total{to="open"} 0 1 1'],
    says: "open",
    because: /^the last rise of cb_changes_total\|/,
  },
  {
    what: "stale after two",
    ways: [oneHot, toOnly],
    series: [...staleAll, 'cb_changes_total{to="open"} 0 1 1', 'cb_changes_total{to="half_open"} 0 0 1'],
    says: "half_open",
  },
  {
    what: "stale after five, under the label state",
    ways: [oneHot, stateOnly],
    series: [
      ...staleAll,
      'cb_changes_total{state="open"} 0 1 1 2 2 2',
      'cb_changes_total{state="half_open"} 0 0 1 1 2 2',
      'cb_changes_total{state="closed"} 0 0 0 0 0 1',
    ],
    says: "closed",
  },
  {
    what: "a series that appears with its first change",
    ways: [toOnly],
    series: ['cb_changes_total{to="open"} 1 1 1', 'cb_changes_total{to="half_open"} _ _ 1'],
    says: "half_open",
  },
  {
    what: "a first change ever, before it was watched",
    ways: [toOnly],
    series: ['cb_changes_total{to="open"} 1 1'],
    says: "open",
    because: /^the only change in/,
  },
  {
    what: "two that rose at once",
    ways: [toOnly],
    series: ['cb_changes_total{to="half_open"} 1 2', 'cb_changes_total{to="closed"} 1 2'],
    says: "unknown",
    because: /closed and half_open of cb_changes_total rose between the same two readings/,
  },
  {
    what: "changes from before it was watched",
    ways: [toOnly],
    series: ['cb_changes_total{to="open"} 2 2', 'cb_changes_total{to="closed"} 2 2'],
    says: "unknown",
    because: /nothing rose/,
  },
  {
    what: "a restart that makes all older rises void",
    ways: [toOnly],
    series: ['cb_changes_total{to="open"} 1 2 0', 'cb_changes_total{to="closed"} 2 2 0'],
    says: "unknown",
    because: /has counted no change/,
  },
  {
    what: "a restart, and one change as many as before",
    ways: [toOnly],
    series: ['cb_changes_total{to="open"} 1 1 1', 'cb_changes_total{to="closed"} 2 2 0'],
    says: "open",
  },
  {
    what: "a restart that lost a series, and one change since",
    ways: [toOnly],
    series: [
      'cb_changes_total{to="open"} 1 1 1 1 1 1 1 1 1',
      'cb_changes_total{to="closed"} 1 2 _ _ _ _ _ _ _',
    ],
    says: "open",
  },
  {
    what: "neither from nor to",
    ways: [oneHot, bare],
    series: [...staleOne, "cb_changes_total{} 1 2"],
    says: "unknown",
    because: /closed and open .* at once; cb_changes_total counts changes and not to which state/,
  },
];

stateSuite("changes with both ends", bothEnds);
stateSuite("changes with one end", oneEnd);
