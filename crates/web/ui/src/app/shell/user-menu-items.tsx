import { useNavigate } from "@tanstack/react-router";
import { Keyboard, LogOut, Monitor, Moon, Settings, ShieldOff, Sun } from "lucide-react";
import { LOCALES, type Locale, setLocale, t, useLocale } from "@/i18n";
import { confirm } from "@/ui/confirm";
import { Menu, MenuItem, MenuLabel, MenuLine } from "@/ui/menu";
import type { MenuOnDemandProps } from "@/ui/on-demand-menu";
import { toast } from "@/ui/toast";
import { setTheme, useTheme } from "../preferences";
import { signOut } from "../session";

const THEMES = [
  { theme: "system", icon: <Monitor size={14} /> },
  { theme: "light", icon: <Sun size={14} /> },
  { theme: "dark", icon: <Moon size={14} /> },
] as const;

export default function UserMenuItems({ help, ...menu }: MenuOnDemandProps & { help(): void }) {
  const theme = useTheme();
  const locale = useLocale();
  const navigate = useNavigate();
  const leave = async (everywhere: boolean) => {
    const question = {
      title: t("nav.signOutEverywhere"),
      text: t("nav.signOutEverywhereText"),
      action: t("nav.signOut"),
    };
    if (everywhere && !(await confirm(question))) return;
    await signOut(everywhere).catch(toast.error);
  };
  return (
    <Menu {...menu}>
      <MenuItem icon={<Settings size={14} />} onSelect={() => void navigate({ to: "/settings" })}>
        {t("nav.settings")}
      </MenuItem>
      <MenuItem icon={<Keyboard size={14} />} keys="?" onSelect={help}>
        {t("keys.title")}
      </MenuItem>
      <MenuLine />
      <MenuLabel>{t("settings.theme")}</MenuLabel>
      {THEMES.map((option) => (
        <MenuItem
          key={option.theme}
          icon={option.icon}
          checked={theme === option.theme}
          onSelect={() => setTheme(option.theme)}
        >
          {t(`theme.${option.theme}`)}
        </MenuItem>
      ))}
      <MenuLabel>{t("settings.language")}</MenuLabel>
      {(Object.keys(LOCALES) as Locale[]).map((code) => (
        <MenuItem key={code} checked={locale === code} onSelect={() => void setLocale(code)}>
          {LOCALES[code]}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={<LogOut size={14} />} onSelect={() => void leave(false)}>
        {t("nav.signOut")}
      </MenuItem>
      <MenuItem icon={<ShieldOff size={14} />} onSelect={() => void leave(true)}>
        {t("nav.signOutEverywhere")}
      </MenuItem>
    </Menu>
  );
}
