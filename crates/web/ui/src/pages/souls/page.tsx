import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeft, Sparkles } from "lucide-react";
import { useDeferredValue } from "react";
import { souls } from "@/api/souls";
import { t } from "@/i18n/admin";
import { SearchField } from "@/ui/field";
import { Page } from "@/ui/page";
import { Empty, Loaded } from "@/ui/states";
import { Soul } from "./soul";

const route = getRouteApi("/souls");
/** As many as the server tells at once. */
const MOST = 100;

/** The public directory of souls: texts that say what an agent is like, to read and to give to an agent. */
export default function SoulsPage() {
  const { q, soul } = route.useSearch();
  const navigate = route.useNavigate();
  const words = useDeferredValue(q ?? "");
  const query = useQuery({ ...souls(words), placeholderData: keepPreviousData });
  const [handle, slug] = soul?.split("/") ?? [];
  return (
    <Page
      fill
      column
      title={t("nav.souls")}
      description={t("souls.text")}
      actions={
        <SearchField
          className="!w-64 max-sm:!w-full"
          label={t("common.searchIn", { list: t("nav.souls") })}
          placeholder={t("common.search")}
          value={q ?? ""}
          onChange={(text) => void navigate({ search: (now) => ({ ...now, q: text || undefined }), replace: true })}
        />
      }
    >
      <div className="mx-auto flex h-full max-w-6xl">
        <div
          className={`h-full w-80 shrink-0 overflow-y-auto border-r border-line max-md:w-full max-md:border-r-0 ${soul ? "max-md:hidden" : ""}`}
        >
          <Loaded query={query}>
            {(found) =>
              found.length === 0 ? (
                <Empty icon={<Sparkles size={20} />} title={t("common.nothingFound")} />
              ) : (
                <>
                  <ul aria-label={t("nav.souls")}>
                    {found.map((each) => {
                      const name = `${each.handle}/${each.slug}`;
                      return (
                        <li key={name} className="border-b border-line">
                          <Link
                            to="/souls"
                            search={{ q, soul: name }}
                            aria-current={name === soul || undefined}
                            className="block px-4 py-2.5 text-sm hover:bg-hover aria-[current]:bg-accent-soft"
                          >
                            <span className="block truncate font-medium">{each.slug}</span>
                            <span className="block truncate text-xs text-muted">{each.handle}</span>
                          </Link>
                        </li>
                      );
                    })}
                  </ul>
                  {found.length >= MOST && <p className="px-4 py-3 text-xs text-muted">{t("souls.more")}</p>}
                </>
              )
            }
          </Loaded>
        </div>
        <div
          role="region"
          aria-label={t("souls.one")}
          tabIndex={0}
          className={`h-full min-w-0 flex-1 overflow-y-auto -outline-offset-2 ${soul ? "" : "max-md:hidden"}`}
        >
          {soul && (
            <Link
              to="/souls"
              search={{ q }}
              className="flex items-center gap-1.5 px-5 pt-3 text-sm text-muted md:hidden"
            >
              <ArrowLeft size={14} />
              {t("nav.souls")}
            </Link>
          )}
          {handle && slug ? (
            <Soul key={soul} handle={handle} slug={slug} />
          ) : (
            <Empty icon={<Sparkles size={20} />} title={t("souls.choose")}>
              {t("souls.chooseText")}
            </Empty>
          )}
        </div>
      </div>
    </Page>
  );
}
