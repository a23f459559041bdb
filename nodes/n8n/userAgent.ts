import { name, version } from '../../package.json';

/**
 * What panels see of us. Some firewalls refuse n8n's own "n8n".
 *
 * n8n can be told to send a name of its own everywhere (`N8N_ENFORCE_GLOBAL_USER_AGENT`), but a node cannot see that,
 * and a header in a request wins over it.
 */
export const userAgent = `${name}/${version}`;
