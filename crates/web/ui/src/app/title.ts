import { useEffect } from "react";

let page = "";
/** What waits on the page itself. */
let own: number | undefined;
/** What waits anywhere. */
let waiting = 0;

function show() {
  const count = own ?? waiting;
  document.title = `${count ? `(${count}) ` : ""}${page} · Mission Control`;
}

/** Names the page in the browser's tab, with what waits there; pages that do not say it show what waits anywhere. */
export function useTitle(title: string, count?: number) {
  useEffect(() => {
    page = title;
    own = count;
    show();
  }, [title, count]);
}

/** Says how much waits for the person, for the tab of every page. */
export function useWaiting(count: number) {
  useEffect(() => {
    waiting = count;
    show();
  }, [count]);
}
