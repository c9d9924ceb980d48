import type { StateFromMetrics } from "../../../src/domain/system.ts";
import { type StateCase, stateSuite } from "../metric-state-suite.ts";

const oneHot: StateFromMetrics = { series: "cb_state", label: "state" };
const halfOpenIsOne: StateFromMetrics = { series: "cb_code", words: { closed: 0, half_open: 1, open: 2 } };
const openIsOne: StateFromMetrics = { series: "cb_code", words: { closed: 0, open: 1, half_open: 2 } };
const timeLeft: StateFromMetrics = { remaining: "cb_left_ms" };

const numbers: StateCase[] = [
  {
    what: "NaN",
    holdsNaN: true,
    ways: [halfOpenIsOne],
    series: ["cb_code{} 0 NaN"],
    says: "unknown",
    because: /NaN/,
  },
  {
    what: "2 is open where 1 is half-open",
    ways: [halfOpenIsOne],
    series: ["cb_code{} 0 2"],
    says: "open",
    because: /^the number of cb_code\|/,
  },
  { what: "1 is half-open there", ways: [halfOpenIsOne], series: ["cb_code{} 2 1"], says: "half_open" },
  { what: "0 is closed", ways: [halfOpenIsOne], series: ["cb_code{} 0 0"], says: "closed" },
  { what: "1 is open where 2 is half-open", ways: [openIsOne], series: ["cb_code{} 0 1"], says: "open" },
  { what: "2 is half-open there", ways: [openIsOne], series: ["cb_code{} 1 2"], says: "half_open" },
  {
    what: "0.5 as some help texts have it",
    ways: [openIsOne],
    series: ["cb_code{} 0 0.5"],
    says: "unknown",
    because: /cb_code is 0.5, which stands for no state/,
  },
  {
    what: "-1 for not known",
    ways: [openIsOne],
    series: ["cb_code{} 0 -1"],
    says: "unknown",
    because: /-1, which stands for no state/,
  },
  {
    what: "+Inf",
    ways: [halfOpenIsOne],
    series: ["cb_code{} 0 Infinity"],
    says: "unknown",
    because: /Infinity/,
  },
  {
    what: "a label that repeats the state",
    ways: [halfOpenIsOne],
    series: ['cb_code{state="OPEN"} 2'],
    says: "open",
  },
  {
    what: "a label that denies the number",
    ways: [halfOpenIsOne],
    series: ['cb_code{state="open"} 1'],
    says: "unknown",
    because: /1 \(half_open\) for state="open"/,
  },
  {
    what: "a number never cleared, in three series",
    ways: [halfOpenIsOne],
    series: [
      'cb_code{state="OPEN"} 2 2 2',
      'cb_code{state="HALF_OPEN"} _ 1 1',
      'cb_code{state="CLOSED"} _ _ 0',
    ],
    says: "unknown",
    because: /contradicts itself: state="CLOSED" says closed, state="HALF_OPEN" says half_open/,
  },
  {
    what: "series of traces that disagree",
    ways: [openIsOne],
    series: ['cb_code{trace_id="1"} 0', 'cb_code{trace_id="2"} 1'],
    says: "unknown",
    because: /trace_id="1" says closed, trace_id="2" says open/,
  },
];

const oneHots: StateCase[] = [
  {
    what: "NaN beside a true one",
    holdsNaN: true,
    ways: [oneHot],
    series: ['cb_state{state="open"} NaN', 'cb_state{state="closed"} 1'],
    says: "unknown",
    because: /NaN/,
  },
  {
    what: "one true series",
    ways: [oneHot],
    series: ['cb_state{state="open"} 0 1', 'cb_state{state="closed"} 1 0', 'cb_state{state="half_open"} 0 0'],
    says: "open",
    because: /^the one true series of cb_state\|/,
  },
  {
    what: "one true series in other words",
    ways: [oneHot],
    series: ['cb_state{state="CLOSED"} 0 1', 'cb_state{state="HALF-OPEN"} 1 0'],
    says: "closed",
  },
  {
    what: "words of the system before all others",
    ways: [oneHot],
    series: ['cb_state{state="PROBING"} 1', 'cb_state{state="CLOSED"} 0'],
    says: "half_open",
  },
  {
    what: "a word that is no state",
    ways: [oneHot],
    series: ['cb_state{state="BROKEN"} 1'],
    says: "unknown",
    because: /state="BROKEN", which is no known state/,
  },
  {
    what: "no true series",
    ways: [oneHot],
    series: ['cb_state{state="open"} 1 0', 'cb_state{state="closed"} 0 0'],
    says: "unknown",
    because: /no state of cb_state is 1/,
  },
  {
    what: "never cleared, before any change",
    ways: [oneHot],
    series: ['cb_state{state="closed"} 1 1'],
    says: "closed",
  },
  {
    what: "never cleared, after one change, with nothing else",
    ways: [oneHot],
    series: ['cb_state{state="closed"} 1 1', 'cb_state{state="open"} _ 1'],
    says: "unknown",
    because: /closed and open of cb_state are 1 at once/,
  },
  {
    what: "never cleared, after two changes, with nothing else",
    ways: [oneHot],
    series: [
      'cb_state{state="closed"} 1 1 1',
      'cb_state{state="open"} _ 1 1',
      'cb_state{state="half_open"} _ _ 1',
    ],
    says: "unknown",
    because: /closed, half_open and open/,
  },
  {
    what: "2 where 1 is true",
    ways: [oneHot],
    series: ['cb_state{state="open"} 2', 'cb_state{state="closed"} 1'],
    says: "unknown",
    because: /is 2 for state="open", neither 0 nor 1/,
  },
];

const timers: StateCase[] = [
  {
    what: "time that runs",
    ways: [oneHot, timeLeft],
    series: ["cb_left_ms{} 150000 90000"],
    says: "open",
    because: /^the time left in cb_left_ms\|/,
  },
  {
    what: "time left over from long ago",
    ways: [timeLeft],
    series: ["cb_left_ms{} 30000 20000 20000 20000"],
    says: "unknown",
    because: /is over/,
  },
  {
    what: "time that never moved",
    ways: [timeLeft],
    series: ["cb_left_ms{} 30000 30000"],
    says: "unknown",
    because: /not seen to move/,
  },
  {
    what: "no time left",
    ways: [timeLeft],
    series: ["cb_left_ms{} 30000 0"],
    says: "unknown",
    because: /no time is left/,
  },
  {
    what: "a time without a unit",
    ways: [{ remaining: "cb_left" }],
    series: ["cb_left{} 30 20"],
    says: "unknown",
    because: /tells no unit/,
  },
];

stateSuite("a number", numbers);
stateSuite("one true series", oneHots);
stateSuite("time left", timers);
