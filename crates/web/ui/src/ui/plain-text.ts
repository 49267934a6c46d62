/** More of a text is not looked at: only its beginning is shown. */
const LOOKED_AT = 2000;

const FENCE = /^\s*(?:`{3,}|~{3,})/;
/** What begins a line: a quotation, a heading, an item of a list, a box to tick. */
const LEAD = /^\s*(?:>\s?)*(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+)?(?:\[[ xX]\]\s+)?/;
/** A rule, the line below the head of a table, and what a link means: they say nothing. */
const SILENT = /^\s*(?:(?:[-*_]\s*){3,}|\|?[\s:|-]*-[\s:|-]*\||=+\s*|\[[^\]]+\]:\s.*)$/;
/** Code, and a sign that is meant as it stands. */
const AS_IT_STANDS = /(`+)(.+?)\1|\\([!-/:-@[-`{-~])/g;
const IMAGE_OR_LINK = /!?\[([^[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)?\)|\[[^[\]]*\])/g;
const ADDRESS = /<((?:https?:|mailto:)[^<>\s]+)>/g;
const STRONG = /(\*{1,3}|~~)(?=\S)([^*~]*[^*~\s])\1/g;
const UNDERSCORED = /(?<![\p{L}\p{N}_])(_{1,3})(?=\S)([^_]*[^_\s])\1(?![\p{L}\p{N}_])/gu;

/** The beginning of a Markdown text in plain words and on one line, for where it is quoted. */
export function plainText(markdown: string): string {
  const looked = markdown.slice(0, LOOKED_AT);
  const words: string[] = [];
  let code = false;
  for (const line of looked.split("\n")) {
    if (FENCE.test(line)) code = !code;
    else if (code) words.push(line);
    else if (!SILENT.test(line)) words.push(spoken(line.replace(LEAD, "")));
  }
  return oneLine(words.join(" ")) || oneLine(looked);
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

/** A line without its marks. What is to stand as it is waits under a sign that nobody types. */
function spoken(line: string): string {
  const kept: string[] = [];
  let text = line.replaceAll("\uE000", "").replace(AS_IT_STANDS, (_, _ticks, code?: string, sign?: string) => {
    kept.push(code ?? sign ?? "");
    return "\uE000";
  });
  text = text.replace(IMAGE_OR_LINK, "$1").replace(ADDRESS, "$1");
  // Marks stand within marks.
  for (let depth = 0; depth < 3; depth += 1) text = text.replace(STRONG, "$2").replace(UNDERSCORED, "$2");
  if (/^\s*\|.*\|\s*$/.test(text)) text = text.replaceAll("|", " ");
  return text.replaceAll("\uE000", () => kept.shift() ?? "");
}
