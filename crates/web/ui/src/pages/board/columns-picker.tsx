import { Columns3 } from "lucide-react";
import type { BoardSearch } from "@/app/search";
import { t } from "@/i18n/board";
import { Button } from "@/ui/button";
import { Picker } from "@/ui/picker";
import { useTableColumns } from "./table-columns";

interface Props {
  board_id: string;
  cols: string | undefined;
  show(change: Partial<BoardSearch>, replace?: boolean): void;
}

/** Which columns the table has. */
export default function ColumnsPicker({ board_id, cols, show }: Props) {
  const { options, shown, choose } = useTableColumns(board_id, cols, show);
  return (
    <Picker
      label={t("view.columns")}
      options={options}
      chosen={shown}
      onChange={choose}
      trigger={
        <Button className="max-sm:hidden">
          <Columns3 size={14} />
          {t("view.columns")}
        </Button>
      }
    />
  );
}
