import { steerRun } from "@/api/runs";
import { t } from "@/i18n/more";
import { Composer } from "@/ui/composer";
import { toast } from "@/ui/toast";

/** Says something to an agent in the middle of its turn. */
export function Steer({ run_id }: { run_id: string }) {
  return (
    <Composer
      label={t("runs.steer")}
      placeholder={t("runs.steerHint")}
      names={[]}
      draft={`steer.${run_id}`}
      send={async (text) => {
        await steerRun(run_id, text);
        toast.ok(t("runs.steered"));
      }}
    />
  );
}
