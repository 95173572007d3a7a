/** What `init` writes: generates as it stands, and shows by its comments what else can be written. */
export function initialYaml(schema: string): string {
  return `# yaml-language-server: $schema=${schema}
${declarations}`;
}

const declarations = `\
version: 1
output: src/caches # a folder that the generator owns

backends:
  local: memory://?max-entries=10000&max-bytes=64mb
  # A Redis, named by the environment; in development each process has its own memory instead:
  # shared:
  #   url: \${REDIS_URL}
  #   development: memory://
  #   prefix: "app:"

defaults:
  backend: local
  ttl: 10m

caches:
  greeting:
    description: What to say to a visitor.
    key: greeting:{language:en|nl}:{name}
    value: string

  wordCounts:
    description: How often each word of a page occurs.
    key: page:{pageId:int}:words
    value: Record<string, number>
    ttl: 1h

  # An exported type of your own:
  # userProfile:
  #   key: user:{userId:uuid}:profile
  #   value: ./src/models.ts#UserProfile
`;
