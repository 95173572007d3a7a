/** What stands below the options in the help of each command. */
export const help = {
  program: `
Examples:
  $ npx cachetory init              # a cachetory.yaml to begin with
  $ npx cachetory generate          # write the modules that it declares
  $ npx cachetory generate --check  # in CI: fail where they are out of date

Exit codes: 0 clean, 1 findings, 2 wrong usage or an internal error.`,
  init: `
Examples:
  $ npx cachetory init
  $ npx cachetory init --vscode
  $ npx cachetory init -c config/caches.yaml`,
  inspect: `
Examples:
  $ npx cachetory inspect userProfile
  $ npx cachetory inspect userProfile --param userId=7
  $ npx cachetory inspect userProfile --json`,
  diff: `
Examples:
  $ npx cachetory diff                     # since the branch left the default branch, with what is not committed
  $ npx cachetory diff HEAD                # what is not committed
  $ npx cachetory diff v1.4.0 --fail-on wrong
  $ npx cachetory diff --format markdown   # for a pull request

Effects, from the least: warm, rollout, misses, cold, wrong.
Exit codes: 0 nothing as bad as --fail-on, 1 something is, or findings, 2 wrong usage, or nothing to compare with.`,
  get: `
Examples:
  $ npx cachetory get userProfile --param userId=7 --param locale=nl
  $ npx cachetory get userProfile --key '{ "userId": 7, "locale": "nl" }' --json
  $ npx cachetory get userProfile --param userId=7 --url redis://staging:6379`,
  decode: `
Examples:
  $ npx cachetory decode userProfile entry.bin
  $ redis-cli --raw get shop:user:7 | npx cachetory decode userProfile -
  $ npx cachetory decode userProfile entry.txt --from base64
  $ npx cachetory decode session entry.bin --param token=abc   # entries that are encrypted or signed have to be told their key`,
  schema: `
Examples:
  $ npx cachetory schema userProfile
  $ npx cachetory schema userProfile > user-profile.schema.json`,
  validate: `
Examples:
  $ npx cachetory validate
  $ npx cachetory validate -c config/caches.yaml --format json
  $ npx cachetory validate --format github   # annotations in GitHub Actions`,
  generate: `
Examples:
  $ npx cachetory generate
  $ npx cachetory generate -c config/caches.yaml
  $ npx cachetory generate --check           # in CI: a diff of what is out of date, exit code 1
  $ npx cachetory generate --dry-run         # list what would be written
  $ npx cachetory generate --watch           # while you work
  $ npx cachetory generate -c shop.yaml -c users.yaml`,
};
