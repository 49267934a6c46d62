import { RefreshCw, RotateCw, TriangleAlert } from "lucide-react";
import { Component, type ReactNode, useEffect, useState } from "react";
import { isOutdated } from "@/app/version";
import { t } from "@/i18n";
import { Button } from "./button";
import { Empty } from "./states";

interface BoundaryProps {
  children: ReactNode;
  /** Makes another attempt possible, before the children are drawn again. */
  retry?(): void;
}

/** Keeps a failure of its children to itself: the rest of the page goes on, and the children can be tried again. */
export class Boundary extends Component<BoundaryProps, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Broken
        retry={() => {
          this.props.retry?.();
          this.setState({ failed: false });
        }}
      />
    );
  }
}

/** Says that a part could not be shown, and what helps: trying again, or the newer version that the server has. */
export function Broken({ retry }: { retry(): void }) {
  const [outdated, setOutdated] = useState(false);
  useEffect(() => void isOutdated().then(setOutdated), []);
  return (
    <div role="alert">
      <Empty
        icon={<TriangleAlert size={20} />}
        title={t(outdated ? "error.outdatedTitle" : "error.brokenTitle")}
        action={
          <>
            {outdated && (
              <Button look="primary" onClick={() => window.location.reload()}>
                <RefreshCw size={14} />
                {t("error.reload")}
              </Button>
            )}
            <Button onClick={retry}>
              <RotateCw size={14} />
              {t("common.retry")}
            </Button>
          </>
        }
      >
        {t(outdated ? "error.outdatedText" : "error.brokenText")}
      </Empty>
    </div>
  );
}
