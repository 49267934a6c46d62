/** A part is not shorter than this, where there is more text. */
const PART = 3000;

const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** Goes on with what stands before the blank line: a list, what belongs to one, a table or a quotation. */
const GOES_ON = /^(\s+|[-*+]\s|\d+[.)]\s|\||>)/;
/** What a link or a footnote means, which may be written anywhere. */
const DEFINITION = /^ {0,3}\[[^\]]+\]:\s.*$/gm;

/**
 * A Markdown text in parts that can be shown one by one: cut between its blocks, never within code, a list or a table. What
 * links mean goes with every part.
 */
export function partsOf(text: string): string[] {
  if (text.length <= PART) return [text];
  const definitions = text.match(DEFINITION)?.join("\n") ?? "";
  const parts: string[] = [];
  let part: string[] = [];
  let length = 0;
  let fence: string | undefined;
  let blank = false;
  for (const line of text.split("\n")) {
    if (!fence && blank && length >= PART && !GOES_ON.test(line)) {
      parts.push(part.join("\n"));
      part = [];
      length = 0;
    }
    const mark = FENCE.exec(line)?.[1];
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence)) fence = undefined;
    blank = line.trim() === "";
    part.push(line);
    length += line.length + 1;
  }
  if (part.length > 0) parts.push(part.join("\n"));
  return definitions ? parts.map((each) => `${each}\n\n${definitions}`) : parts;
}
