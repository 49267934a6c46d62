import { t } from "@/i18n";
import { Button } from "./button";

interface Props {
  /** What others have made of the field. */
  theirs: string;
  settle(keep: "mine" | "theirs"): void;
}

/** Stands below a field that somebody else has changed while it was edited: the person chooses whose text it is to be. */
export function Meanwhile({ theirs, settle }: Props) {
  return (
    <div role="alert" className="mt-1 rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">
      <p className="font-medium">{t("conflict.field")}</p>
      <p className="my-1 max-h-40 overflow-y-auto whitespace-pre-wrap text-fg wrap-anywhere">
        {theirs || t("conflict.empty")}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={() => settle("theirs")}>
          {t("conflict.takeTheirs")}
        </Button>
        <Button size="sm" onClick={() => settle("mine")}>
          {t("conflict.keepMine")}
        </Button>
      </div>
    </div>
  );
}
