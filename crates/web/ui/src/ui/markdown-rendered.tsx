import ReactMarkdown from "react-markdown";
import rehypeSanitize from "rehype-sanitize";
import remarkBreaks from "remark-breaks";
import remarkGfm from "remark-gfm";

/** Names of people and agents stand out. A code span is left alone. */
function withMentions(text: string) {
  return text.replace(/(^|[\s(])@([A-Za-z][\w-]{0,31})/g, "$1**@$2**");
}

export default function MarkdownRendered({ text }: { text: string }) {
  return (
    <ReactMarkdown
      remarkPlugins={[remarkGfm, remarkBreaks]}
      rehypePlugins={[rehypeSanitize]}
      components={{
        a: ({ href, children }) => (
          <a href={href} target="_blank" rel="noreferrer noopener">
            {children}
          </a>
        ),
        // Pictures would be loaded from anywhere, and tell who looks.
        img: ({ alt, src }) => <a href={typeof src === "string" ? src : undefined}>{alt || src}</a>,
      }}
    >
      {text.includes("`") ? text : withMentions(text)}
    </ReactMarkdown>
  );
}
