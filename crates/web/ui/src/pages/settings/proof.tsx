import { Copy } from "lucide-react";
import { t } from "@/i18n/more";
import { Button } from "@/ui/button";
import { copy } from "@/ui/copy";
import { Dialog } from "@/ui/dialog";
import { Field, Input } from "@/ui/field";

interface ProofProps {
  value: string;
  onChange(text: string): void;
  error?: string;
  /** Who signed in just now may leave it out. */
  optional?: boolean;
}

/** The password, once more. */
export function Proof({ value, onChange, error, optional }: ProofProps) {
  return (
    <Field
      label={t("account.currentPassword")}
      hint={optional ? t("account.signedInJustNow") : undefined}
      error={error}
      required={!optional}
    >
      <Input
        type="password"
        autoFocus={!optional}
        autoComplete="current-password"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

/** The codes for when a device is lost: shown this once. */
export function Recovery({ codes, close }: { codes: string[]; close(): void }) {
  return (
    <Dialog
      open
      guarded
      onClose={close}
      title={t("account.recovery")}
      description={t("account.recoveryText")}
      footer={
        <>
          <Button onClick={() => void copy(codes.join("\n"))}>
            <Copy size={14} />
            {t("common.copy")}
          </Button>
          <Button look="primary" onClick={close}>
            {t("account.recoveryKept")}
          </Button>
        </>
      }
    >
      <ul
        aria-label={t("account.recovery")}
        className="grid grid-cols-1 gap-x-6 gap-y-1.5 font-mono text-sm sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
    </Dialog>
  );
}
