import { NodeConnectionTypes } from 'n8n-workflow';

/** The kind of connection that carries items. n8n before 1.85 does not have the names of the kinds under this name. */
export const mainConnection = NodeConnectionTypes?.Main ?? 'main';
