import { assigneeOf, assignTo, type Team } from "@/api/assignee";
import { naturally } from "@/api/names";
import { type CustomField, PRIORITIES, type Task, type TaskUpdate } from "@/api/types";

/** Tasks that have the same in what they are grouped by. */
export interface Lane {
  /** The value that they have; empty where they have none. */
  id: string;
  label: string;
  tasks: Task[];
  /** What makes this task one of the lane. */
  into(task: Task): TaskUpdate;
}

/** What is called how where lanes are named. */
export interface LaneWords {
  nobody: string;
  noTag: string;
  none: string;
  yes: string;
  no: string;
  you: string;
  priority(word: string): string;
}

interface Around extends Team {
  fields: CustomField[];
  /** The person. */
  me: string | undefined;
  words: LaneWords;
}

/** More lanes than this are not told apart: a field with so many values is none to choose from. */
const MOST = 300;

const FIELD = "field:";

/** Fields whose values are few and short enough to be lanes. */
export function groupable(fields: CustomField[]): CustomField[] {
  return fields.filter(({ field_type }) => ["text", "boolean", "integer"].includes(field_type));
}

/** What tasks can be grouped by. */
export const GROUPS = ["assignee", "priority", "tag"] as const;

/** The lanes of a board, those with a value in their order, and last the tasks that have none. */
export function lanesOf(tasks: Task[], by: string, around: Around): Lane[] {
  switch (by) {
    case "assignee":
      return byAssignee(tasks, around);
    case "priority":
      return byPriority(tasks, around.words);
    case "tag":
      return byTag(tasks, around.words);
    default:
      return byField(tasks, by.startsWith(FIELD) ? by.slice(FIELD.length) : by, around);
  }
}

function grouped(tasks: Task[], value: (task: Task) => string): Map<string, Task[]> {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const id = value(task);
    const group = groups.get(id);
    if (group) group.push(task);
    else groups.set(id, [task]);
  }
  return groups;
}

/** By their names, and last what has none. */
function sorted(lanes: Lane[]): Lane[] {
  return lanes
    .toSorted((a, b) => Number(a.id === "") - Number(b.id === "") || naturally(a.label, b.label))
    .slice(0, MOST);
}

function byAssignee(tasks: Task[], { agents, people, me, words }: Around): Lane[] {
  const nameOf = (id: string, first: Task | undefined) =>
    id === "" ? words.nobody : ([...people, ...agents].find((one) => one.id === id)?.name ?? first?.assignee ?? id);
  const lanes = [...grouped(tasks, assigneeOf)].map(
    ([id, group]): Lane => ({
      id,
      label: id === me ? `${nameOf(id, group[0])} (${words.you})` : nameOf(id, group[0]),
      tasks: group,
      into: () => assignTo({ people }, id),
    }),
  );
  const mine = lanes.filter(({ id }) => id === me);
  return [...mine, ...sorted(lanes.filter(({ id }) => id !== me))];
}

function byPriority(tasks: Task[], words: LaneWords): Lane[] {
  const groups = grouped(tasks, ({ priority }) => priority.toLowerCase());
  const all = [...new Set<string>([...PRIORITIES, ...groups.keys()])];
  return all.slice(0, MOST).map((priority) => ({
    id: priority,
    label: words.priority(priority),
    tasks: groups.get(priority) ?? [],
    into: () => ({ priority }),
  }));
}

/** A task with several tags is in the lane of its first one. */
function byTag(tasks: Task[], words: LaneWords): Lane[] {
  const names = new Map(tasks.flatMap(({ tags }) => tags.map(({ id, name }) => [id, name] as const)));
  const lanes = [...grouped(tasks, ({ tag_ids }) => tag_ids[0] ?? "")].map(
    ([id, group]): Lane => ({
      id,
      label: id === "" ? words.noTag : (names.get(id) ?? id),
      tasks: group,
      into: ({ tag_ids: [, ...others] }) => ({
        tag_ids: id === "" ? [] : [id, ...others.filter((other) => other !== id)],
      }),
    }),
  );
  return sorted(lanes);
}

function byField(tasks: Task[], key: string, { fields, words }: Around): Lane[] {
  const field = fields.find(({ field_key }) => field_key === key);
  const given = ({ custom_field_values }: Task) => custom_field_values?.[key] ?? null;
  const lanes = [...grouped(tasks, (task) => String(given(task) ?? ""))].map(([id, group]): Lane => {
    const value = id === "" ? null : group[0] ? given(group[0]) : null;
    const label =
      field?.field_type === "boolean" && id !== "" ? (value === true ? words.yes : words.no) : id || words.none;
    return { id, label, tasks: group, into: () => ({ custom_field_values: { [key]: value } }) };
  });
  return sorted(lanes);
}
