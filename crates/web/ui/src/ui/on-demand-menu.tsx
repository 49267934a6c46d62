import { type ComponentType, cloneElement, type ReactElement, Suspense, useState } from "react";

export interface MenuOnDemandProps {
  trigger: ReactElement;
  open: boolean;
  onOpenChange(open: boolean): void;
}

interface Props {
  trigger: ReactElement<{
    onPointerEnter?: () => void;
    onClick?: () => void;
    "aria-haspopup"?: "menu";
    "aria-expanded"?: boolean;
  }>;
  /** Made with `lazy`: its code comes when somebody is about to use it. */
  menu: ComponentType<MenuOnDemandProps>;
}

/** A menu that few people open right away: only its trigger is there at first. */
export function OnDemandMenu({ trigger, menu: Menu }: Props) {
  const [near, setNear] = useState(false);
  const [open, setOpen] = useState(false);
  const still = cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: () => setNear(true),
    onClick: () => {
      setNear(true);
      setOpen(true);
    },
  });
  if (!near) return still;
  return (
    <Suspense fallback={still}>
      <Menu trigger={trigger} open={open} onOpenChange={setOpen} />
    </Suspense>
  );
}
