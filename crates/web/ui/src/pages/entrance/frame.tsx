import type { ReactNode } from "react";

/** The one card of a page for people who are not signed in. */
export function EntranceFrame({ title, text, children }: { title: string; text: ReactNode; children: ReactNode }) {
  return (
    <main className="flex min-h-full items-center justify-center bg-bg p-4">
      <div className="flex w-full max-w-sm animate-rise flex-col gap-4 rounded-2xl border border-line bg-surface p-7 shadow-2">
        <img src="/favicon.svg" alt="" width={36} height={36} />
        <div>
          <h1 className="text-xl">{title}</h1>
          <p className="mt-1 text-sm text-muted">{text}</p>
        </div>
        {children}
      </div>
    </main>
  );
}

let taken = "";

/**
 * Takes the secret out of the address (`/reset#…`), where it would stay in the history of the browser. It is kept until the page is
 * left: a component whose first rendering is thrown away asks again.
 */
export function takeFragment(): string {
  const secret = decodeURIComponent(location.hash.slice(1));
  if (secret) {
    taken = secret;
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  return taken;
}
