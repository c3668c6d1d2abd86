import type { OpenApiDocument } from '../document-endpoints.ts';
import { endpoints } from '../endpoints.ts';
import { openApiOf } from './document.ts';
import { examples } from './examples.ts';

/** The document of this version's REST. */
export const openApi = (version: string): OpenApiDocument => openApiOf({ version, endpoints, examples });
