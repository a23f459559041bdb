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

	documentationUrl = 'https://github.com/n8n-nodes-smm-panel/n8n-nodes-smm-panel#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Watch List URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/orders',
			description:
				'The address of the watch list. The header goes to this host alone, whatever the trigger asks for and wherever it is redirected to.',
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: 'Authorization',
			required: true,
			description: 'The header that the address wants, such as Authorization, X-API-Key or apikey',
		},
		{
			displayName: 'Header Value',
			name: 'headerSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. Bearer 1234',
			description: 'The secret, with "Bearer" or "Token" before it where the address wants that',
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
