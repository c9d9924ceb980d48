import type { StateFromMetrics } from "../../src/domain/system.ts";
import { type StateCase, stateSuite } from "./metric-state-suite.ts";

const oneHot: StateFromMetrics = { series: "cb_state", label: "state" };
const halfOpenIsOne: StateFromMetrics = { series: "cb_code", words: { closed: 0, half_open: 1, open: 2 } };
const fromTo: StateFromMetrics = { transitions: "cb_changes_total", from: "from", to: "to" };

const twoEnvironments = [
  'cb_state{env="prod",state="closed",instance="p:1"} 1',
  'cb_state{env="staging",state="open",instance="s:1"} 1',
];

const origins: StateCase[] = [
  { what: "no series at all", ways: [oneHot], series: [], says: "nothing" },
  {
    what: "a series that ended",
    ways: [oneHot],
    series: ['cb_state{state="closed"} 1 _ _ _ _ _ _ _'],
    says: "nothing",
  },
  {
    what: "series of other ways only",
    ways: [oneHot, fromTo],
    series: ['cb_changes_total{from="closed",to="open"} 1'],
    says: "open",
  },
  {
    what: "two environments, one asked for",
    ways: [oneHot],
    series: twoEnvironments,
    match: { env: "prod" },
    says: "closed",
  },
  {
    what: "two environments, the other asked for",
    ways: [oneHot],
    series: twoEnvironments,
    match: { env: "staging" },
    says: "open",
  },
  {
    what: "two environments, none asked for",
    ways: [oneHot],
    series: twoEnvironments,
    says: "unknown",
    because: /env="prod" says closed, env="staging" says open: are they one breaker\? match:/,
  },
  {
    what: "two environments of one address, none asked for",
    ways: [halfOpenIsOne],
    series: ['cb_code{env="prod"} 0', 'cb_code{env="staging"} 2'],
    says: "unknown",
    because: /env="prod" says closed, env="staging" says open/,
  },
  {
    what: "counters of two environments, none asked for",
    ways: [fromTo],
    series: [
      'cb_changes_total{env="prod",from="closed",to="open"} 0 1',
      'cb_changes_total{env="staging",from="open",to="closed"} 0 1',
    ],
    says: "unknown",
    because: /contradicts itself/,
  },
  {
    what: "two environments that agree",
    ways: [oneHot],
    series: ['cb_state{env="a",state="open"} 1', 'cb_state{env="b",state="open",instance="b:1"} 1'],
    says: "open",
  },
  {
    what: "the worst of two replicas",
    ways: [oneHot],
    series: ['cb_state{state="closed"} 1', 'cb_state{state="open",instance="b:1"} 1'],
    says: "open",
    because: /instance="a:1" says closed, instance="b:1" says open/,
  },
  {
    what: "a replica that cannot be told beside a closed one",
    ways: [oneHot],
    series: ['cb_state{state="closed"} 1', 'cb_state{state="open",instance="b:1"} 0'],
    says: "unknown",
    because: /no state of cb_state is 1/,
  },
];

stateSuite("whose series", origins);
