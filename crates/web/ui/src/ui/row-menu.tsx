import { MoreHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./button";
import { Menu } from "./menu";

/** The actions at the end of a row. */
export function RowMenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Menu align="end" trigger={<IconButton label={label} icon={<MoreHorizontal size={16} />} />}>
      {children}
    </Menu>
  );
}
