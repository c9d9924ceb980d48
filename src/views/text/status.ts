import type { BreakerList, BreakerLists, GroupList, InstanceList } from "../../domain/answers.ts";
import type { ViewOptions } from "../view.ts";
import { viewBreakerList } from "./breaker-list.ts";
import { viewBreakerLists } from "./breaker-lists.ts";
import { viewGroupList } from "./group-list.ts";
import { viewInstanceList } from "./instance-list.ts";
import { breakerNames, breakerNamesOfLists, groupNames, instanceNames } from "./names.ts";
import { csvOfBreakerList, csvOfBreakerLists, csvOfGroupList, csvOfInstanceList } from "./status-csv.ts";

type StatusAnswer = BreakerList | GroupList | InstanceList | BreakerLists;

/** `status` in whichever of its shapes the answer has. */
export function statusTable(answer: StatusAnswer, options: ViewOptions): Iterable<string> {
  if (answer.kind === "BreakerList") return viewBreakerList(answer, options);
  if (answer.kind === "GroupList") return viewGroupList(answer, options);
  return answer.kind === "InstanceList"
    ? viewInstanceList(answer, options)
    : viewBreakerLists(answer, options);
}

/** The names of what the answer lists, a line each. */
export function statusNames(answer: StatusAnswer): Iterable<string> {
  if (answer.kind === "BreakerList") return breakerNames(answer);
  if (answer.kind === "GroupList") return groupNames(answer);
  return answer.kind === "InstanceList" ? instanceNames(answer) : breakerNamesOfLists(answer);
}

/** What the answer lists, as comma-separated values. */
export function statusCsv(answer: StatusAnswer): Iterable<string> {
  if (answer.kind === "BreakerList") return csvOfBreakerList(answer);
  if (answer.kind === "GroupList") return csvOfGroupList(answer);
  return answer.kind === "InstanceList" ? csvOfInstanceList(answer) : csvOfBreakerLists(answer);
}
