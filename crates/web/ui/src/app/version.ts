/** Whether the server has a newer UI than the one that runs here: its page names another entry script. */
export async function isOutdated(): Promise<boolean> {
  const running = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute("src");
  try {
    const response = await fetch("/", { cache: "no-store", headers: { Accept: "text/html" } });
    return response.ok && running !== undefined && running !== null && !(await response.text()).includes(running);
  } catch {
    return false;
  }
}
