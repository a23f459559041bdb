import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

/** A secret header for the address at which the trigger reads which orders to watch. */
export class SmmPanelWatchListApi implements ICredentialType {
	name = 'smmPanelWatchListApi';

	displayName = 'SMM Panel Watch List API';

	icon: Icon = { light: 'file:../icons/smmPanel.svg', dark: 'file:../icons/smmPanel.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-smm-panel/n8n-nodes-smm-panel/blob/main/docs/installation.md#watch-list-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Watch List URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/orders',
			description:
				'URL of the watch list. The header is sent to this host only, wherever the URL redirects to.',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'Authorization',
			required: true,
			description: 'Header to send, such as Authorization or X-API-Key',
		},
		{
			displayName: 'Header Value',
			name: 'headerSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. Bearer 1234',
			description: 'Header value, including a prefix such as Bearer if required',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: {
			headers: { '={{$credentials.headerName}}': '={{$credentials.headerSecret}}' },
		},
	};

	test: ICredentialTestRequest = {
		request: { url: '={{$credentials.url}}', method: 'GET', disableFollowRedirect: true },
	};
}
