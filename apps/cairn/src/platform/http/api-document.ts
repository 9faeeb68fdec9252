import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from './api-caller.ts';
import { SCOPES } from './api-scope.ts';

/** Rises with every change that programs notice; what is added does not break them (see docs/api.md). */
const API_VERSION = '1.0.0';

const DESCRIPTION = `
What people do on Cairn's pages, for programs.

Show a token with every request: \`Authorization: Bearer cairn_…\`. Tokens are made on your own page
under “Tokens”, allow only what their scopes say, and never more than you may yourself. Cookies are
not read here.

Moments are in UTC (RFC 3339), days are plain dates. A field or parameter that is not known is
refused, so that a misspelt one is noticed. Refusals are problem details (RFC 9457) with every
problem in \`problems\`: its code, a sentence, and the place in what was sent.

Within version 1 operations, optional parameters, and fields of answers may be added. Nothing is
removed or changed.

Scopes of tokens:

${Object.entries(SCOPES)
  .map(([scope, words]) => `- \`${scope}\`: ${words}`)
  .join('\n')}
`.trim();

/** The API's description (OpenAPI 3.1), made from the operations themselves. */
export function apiDocument(api: OpenAPIHono<ApiEnv>, url: string) {
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token of yours; the scope that it needs stands beside each operation.',
  });
  return api.getOpenAPI31Document({
    openapi: '3.1.1',
    info: {
      title: 'Cairn',
      version: API_VERSION,
      description: DESCRIPTION,
      license: { name: 'MIT' },
    },
    servers: [{ url }],
  });
}
