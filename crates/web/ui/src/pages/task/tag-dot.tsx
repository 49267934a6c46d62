import type { Tag } from "@/api/types";
import type { Option } from "@/ui/choices";

/** The colour of a tag. */
export function TagDot({ color }: { color: string }) {
  return <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ backgroundColor: `#${color}` }} />;
}

/** Tags to choose from. */
export function tagOptions(tags: Tag[]): Option[] {
  return tags.map((tag) => ({ id: tag.id, label: tag.name, icon: <TagDot color={tag.color} /> }));
}
