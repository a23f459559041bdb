import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

const FORM = 'application/x-www-form-urlencoded';

/** One account on one panel. Works in n8n's HTTP Request node too, where it adds the key to the body. */
export class SmmPanelApi implements ICredentialType {
	name = 'smmPanelApi';

	displayName = 'SMM Panel API';

	icon: Icon = { light: 'file:../icons/smmPanel.svg', dark: 'file:../icons/smmPanel.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-smm-panel/n8n-nodes-smm-panel#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'API URL',
			name: 'url',
			type: 'string',
			default: 'https://deepaksmm.store/api/v2',
			required: true,
			placeholder: 'e.g. https://deepaksmm.store/api/v2',
			description:
				'The whole address of the API, as the API page of the panel shows it. It usually ends in /api/v2.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'The key that the API page or the account page of the panel shows',
		},
	];

	/**
	 * Adds the key to the form. A function, because n8n works out an expression in a rule anew for each request, which
	 * takes it longer than sending the request.
	 */
	authenticate: IAuthenticate = async ({ apiKey }, request) => ({
		...request,
		// Without it the HTTP Request node sends JSON, whatever its body is set to, and panels read forms only.
		headers: { ...request.headers, 'content-type': FORM },
		body: { ...(request.body as object), key: String(apiKey ?? '') },
	});

	test: ICredentialTestRequest = {
		request: {
			url: '={{$credentials.url}}',
			method: 'POST',
			headers: { 'content-type': FORM },
			body: { action: 'balance' },
			disableFollowRedirect: true,
			json: true,
		},
		rules: [
			{
				type: 'responseSuccessBody',
				properties: {
					key: 'balance',
					value: undefined,
					message:
						'The panel did not tell a balance. Either the API key is wrong or switched off, or the API URL is not the whole address of the API (it usually ends in /api/v2 and starts with https). Copy both from the API page of the panel.',
				},
			},
		],
	};
}
