import { useQuery } from "@tanstack/react-query";
import { CalendarClock, CalendarX } from "lucide-react";
import { Popover } from "radix-ui";
import { useRef } from "react";
import { assigneeOf, assignTo } from "@/api/assignee";
import * as queries from "@/api/queries";
import { PRIORITIES, type Task, type TaskUpdate } from "@/api/types";
import { t } from "@/i18n/board";
import { Choices, POPOVER } from "@/ui/choices";
import { Field } from "@/ui/field";
import { isoDate, parseTime, shortDate } from "@/ui/time";
import { useAssigneeOptions } from "../task/assignable";
import { DateField } from "../task/date-field";
import { endOfDay } from "../task/due";
import { tagOptions } from "../task/tag-dot";
import { priorityIcon, priorityName } from "../task/words";
import { type Property, useBoard } from "./context";

interface Props {
  property: Property;
  tasks: Task[];
  /** What it is shown beside. */
  anchor: HTMLElement;
  change(updateOf: (task: Task) => TaskUpdate): void;
  close(): void;
}

/** Changes one property of one or several tasks, beside their card. */
export default function QuickEdit({ property, tasks, anchor, change, close }: Props) {
  const place = useRef(anchor);
  const label = t(`quick.${property}`);
  return (
    <Popover.Root open onOpenChange={(open) => !open && close()}>
      <Popover.Anchor virtualRef={place} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          className={POPOVER}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Where the card is by now: it may have moved meanwhile.
            const card = document.querySelector<HTMLElement>(`[data-card="${tasks[0]?.id}"]`);
            (place.current.isConnected ? place.current : card)?.focus();
          }}
        >
          <Values property={property} label={label} tasks={tasks} change={change} close={close} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Values({ property, label, tasks, change, close }: Omit<Props, "anchor"> & { label: string }) {
  const { snapshot } = useBoard();
  const { data: tags = [] } = useQuery(queries.tags);
  const assignees = useAssigneeOptions(snapshot, tasks[0] && assigneeOf(tasks[0]));
  /** The values that all the tasks have. */
  const common = (of: (task: Task) => string[]) =>
    tasks.slice(1).reduce((shared, task) => shared.filter((id) => of(task).includes(id)), tasks[0] ? of(tasks[0]) : []);
  const only = (update: (id: string) => TaskUpdate) => (ids: string[]) => {
    close();
    change(() => update(ids[0] ?? ""));
  };
  switch (property) {
    case "assignee":
      return (
        <Choices
          single
          label={label}
          options={assignees}
          chosen={common((task) => [assigneeOf(task)])}
          onChange={only((id) => assignTo(snapshot, id))}
        />
      );
    case "priority":
      return (
        <Choices
          single
          label={label}
          options={PRIORITIES.map((id) => ({ id, label: priorityName(id), icon: priorityIcon(id) }))}
          chosen={common((task) => [task.priority])}
          onChange={only((priority) => ({ priority }))}
        />
      );
    case "tags": {
      const chosen = common((task) => task.tag_ids);
      return (
        <Choices
          label={label}
          empty={t("task.noTags")}
          options={tagOptions(tags)}
          chosen={chosen}
          onChange={(next) => {
            const gone = chosen.filter((id) => !next.includes(id));
            const added = next.filter((id) => !chosen.includes(id));
            change((task) => ({
              tag_ids: [...task.tag_ids.filter((id) => !gone.includes(id) && !added.includes(id)), ...added],
            }));
          }}
        />
      );
    }
    case "due":
      return <Days label={label} tasks={tasks} change={change} close={close} />;
  }
}

const DAY_MS = 86_400_000;

function Days({ label, tasks, change, close }: Pick<Props, "tasks" | "change" | "close"> & { label: string }) {
  const { timeZone } = useBoard();
  const day = (days: number) => new Date(Date.now() + days * DAY_MS);
  const near = [
    { label: t("quick.today"), at: day(0) },
    { label: t("quick.tomorrow"), at: day(1) },
    { label: t("quick.inAWeek"), at: day(7) },
  ].map((option) => ({ ...option, id: isoDate(option.at, timeZone) }));
  const due = tasks[0]?.due_at;
  const set = (iso: string) => {
    close();
    change(() => ({ due_at: iso ? endOfDay(iso, timeZone) : null }));
  };
  return (
    <>
      <Choices
        single
        label={label}
        options={[
          ...near.map(({ id, label: word, at }) => ({
            id,
            label: word,
            note: shortDate(at, timeZone),
            icon: <CalendarClock size={14} />,
          })),
          { id: "", label: t("quick.noDate"), icon: <CalendarX size={14} /> },
        ]}
        chosen={due ? [isoDate(parseTime(due), timeZone)] : [""]}
        onChange={([id = ""]) => set(id)}
      />
      <div className="border-t border-line p-2.5">
        <Field label={t("quick.otherDay")}>
          <DateField value={due ? isoDate(parseTime(due), timeZone) : ""} choose={set} />
        </Field>
      </div>
    </>
  );
}
