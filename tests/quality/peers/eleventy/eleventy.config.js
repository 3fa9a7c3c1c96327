// Lets Eleventy render the story files of a digest: story pages, lists of 30, topics, a feed.
const SIZE = 30;
const cut = (stories) =>
  Array.from({ length: Math.ceil(stories.length / SIZE) }, (_, n) => stories.slice(n * SIZE, (n + 1) * SIZE));
const path = (base, page) => (page ? `${base}page/${page + 1}/` : base);

export default function (config) {
  config.addGlobalData("layout", "story.njk");
  config.addGlobalData("permalink", () => (data) => (data.slug ? `/stories/${data.slug}/` : undefined));
  const all = (api) => api.getFilteredByGlob("content/stories/*.md").reverse();
  config.addCollection("stories", all);
  config.addCollection("lists", (api) => {
    const shelves = new Map([["/", all(api)]]);
    for (const story of all(api))
      for (const tag of story.data.tags ?? []) {
        const base = `/tags/${config.getFilter("slugify")(tag)}/`;
        shelves.set(base, [...(shelves.get(base) ?? []), story]);
      }
    return [...shelves].flatMap(([base, stories]) =>
      cut(stories).map((items, page, pages) => ({
        items, here: path(base, page), older: page + 1 < pages.length ? path(base, page + 1) : "",
      })));
  });
  return { dir: { input: "content", includes: "../_includes", output: "public" }, markdownTemplateEngine: false };
}
