import { useEffect, useRef } from "react";
import type { ExecPolicyTrial } from "@/api/types";
import { t } from "@/i18n/rules";

const GROUPS = ["otherwise", "allowed", "refused", "by_others", "asked"] as const;

/** What a rule would have done with the commands of the last thirty days. */
export function Trial({ trial }: { trial: ExecPolicyTrial }) {
  const section = useRef<HTMLElement>(null);
  // Below the fields of a small window nobody would see it come.
  useEffect(() => {
    section.current?.scrollIntoView({ block: "nearest" });
  }, []);
  return (
    <section
      ref={section}
      aria-label={t("execTrial.title")}
      className="rounded-lg border border-line px-3 py-2 text-sm"
    >
      <h3 className="font-medium">{t("execTrial.title")}</h3>
      <p role="status" className="text-muted">
        {t("execTrial.considered", { count: trial.considered })} {!trial.complete && t("execTrial.incomplete")}
      </p>
      {GROUPS.filter((name) => trial[name].count > 0).map((name) => (
        <details key={name} open={name === "otherwise"} className="mt-1">
          <summary className={name === "otherwise" ? "cursor-pointer text-warn" : "cursor-pointer"}>
            {t(`execTrial.${name}`, { count: trial[name].count })}
          </summary>
          <ul className="mt-1 flex max-h-40 flex-col gap-1 overflow-y-auto">
            {trial[name].examples.map((example) => (
              <li
                key={example.exec_approval_id}
                className="rounded bg-sunken px-2 py-1 font-mono text-xs wrap-anywhere"
              >
                {example.command}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}
