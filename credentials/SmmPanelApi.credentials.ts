import type {
	IAuthenticate,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

const FORM = 'application/x-www-form-urlencoded';

type TestRules = NonNullable<ICredentialTestRequest['rules']>;
type TestRule = TestRules[number];

const copyKey =
	"Copy the key again from the panel's API page: generating a new key there makes the old one invalid.";
const suspended = 'Ask the support of the panel about the account.';
const waitAMinute = 'The panel is limiting requests. Wait a minute and try again.';
const redirects =
	"This URL redirects to another address. Copy the URL exactly as the panel's API page shows it, with https, and with or without www.";
const ownFault = 'The panel has a problem of its own at the moment. Try again in a few minutes.';

/** What panels answer to a wrong key, by the field it stands in. Source: the seed and its dialects. */
const refusals: ReadonlyArray<{ field: string; advice: string; sentences: readonly string[] }> = [
	{
		field: 'error',
		advice: copyKey,
		sentences: [
			'Invalid API key',
			'invalid API key',
			'Invalid API Key',
			'Incorrect API key',
			'Incorrect request or API key',
			'Incorrect request: Missing key',
			'Invalid or disabled API key',
			'Invalid or inactive API Key',
			'API key invalid',
			'API key is required',
			'Missing API key',
			'Missing key',
			'Unauthorized',
			'error.invalid_api_key',
		],
	},
	{ field: 'Error', advice: copyKey, sentences: ['Incorrect key'] },
	{
		field: 'error',
		advice: suspended,
		sentences: [
			'API is Disable for this user or User Not Found! Contact the Support',
			'API access disabled',
			'API is disabled',
			'Account suspended',
			'Account restricted',
			'Your account has been suspended.',
			'Your account is inactive',
			'neworder.error.account_banned',
		],
	},
	{
		field: 'error',
		advice: waitAMinute,
		sentences: ['Too many requests', 'Rate limit exceeded', 'error.too_many_requests'],
	},
];

const adviceByStatus: Readonly<Record<number, string>> = {
	301: redirects,
	302: redirects,
	303: redirects,
	307: redirects,
	308: redirects,
	400: `The panel doesn't accept this request. ${copyKey}`,
	401: `The panel doesn't know this API key. ${copyKey}`,
	403: `The panel doesn't let this account in. ${copyKey} If the key is right, the account may be suspended, or the panel blocks requests from servers.`,
	404: "Nothing answers at this URL (404). Copy the whole address from the panel's API page: it usually ends in /api/v2.",
	405: "The panel doesn't accept requests at this URL (405). Copy the whole address from the panel's API page: it usually ends in /api/v2.",
	429: waitAMinute,
	500: ownFault,
	502: ownFault,
	503: ownFault,
	504: ownFault,
};

/**
 * The first rule that fits decides. Panels answer a wrong key with any sentence and HTTP 200: known ones are repeated,
 * whatever else comes without a balance fails too.
 */
const testRules: TestRule[] = [
	...Object.entries(adviceByStatus).map(
		([status, message]): TestRule => ({
			type: 'responseCode',
			properties: { value: Number(status), message },
		}),
	),
	...refusals.flatMap(({ field, advice, sentences }) =>
		sentences.map(
			(sentence): TestRule => ({
				type: 'responseSuccessBody',
				properties: {
					key: field,
					value: sentence,
					message: `The panel says "${sentence}". ${advice}`,
				},
			}),
		),
	),
	{
		type: 'responseSuccessBody',
		properties: {
			// The first letter of the answer.
			key: '0',
			value: '<',
			message:
				"A web page answers at this URL, not the API. Copy the whole address from the panel's API page: it usually ends in /api/v2.",
		},
	},
	{
		type: 'responseSuccessBody',
		properties: {
			key: 'balance',
			value: undefined,
			message:
				"The panel didn't return a balance. Usually the API key is wrong or the API URL is incomplete; the panel may also be limiting requests or have suspended the account.",
		},
	},
];

/**
 * n8n's HTTP Request node has its address in another field, which it checks itself.
 * @throws Error with what to type, in place of a code of the HTTP client
 */
function assertWebAddress(url: string | undefined): void {
	if (!url || /^https?:\/\/\S+$/i.test(url.trim())) return;
	throw new Error(
		`The API URL is "${url.trim()}", but must start with https:// and hold no spaces. Copy it from the panel's API page.`,
	);
}

/** One account on one panel. Works in n8n's HTTP Request node too, where it adds the key to the body. */
export class SmmPanelApi implements ICredentialType {
	name = 'smmPanelApi';

	displayName = 'SMM Panel API';

	icon: Icon = { light: 'file:../icons/smmPanel.svg', dark: 'file:../icons/smmPanel.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-smm-panel/n8n-nodes-smm-panel/blob/main/docs/installation.md#the-credential';

	properties: INodeProperties[] = [
		{
			displayName: 'API URL',
			name: 'url',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/api/v2',
			description: "Full API URL from your panel's API page, usually ending in /api/v2",
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: "API key from your panel's API page or account page",
		},
	];

	/**
	 * Adds the key to the form, without what a web page puts around it when it is copied. A function, because n8n works out
	 * an expression in a rule again for each request, which takes it longer than sending the request.
	 */
	authenticate: IAuthenticate = async ({ apiKey }, request) => {
		assertWebAddress(request.url);
		return {
			...request,
			// Without it the HTTP Request node sends JSON, whatever its body is set to, and panels read forms only.
			headers: { ...request.headers, 'content-type': FORM },
			body: { ...(request.body as object), key: String(apiKey ?? '').trim() },
		};
	};

	test: ICredentialTestRequest = {
		request: {
			url: '={{$credentials.url}}',
			method: 'POST',
			headers: { 'content-type': FORM },
			body: { action: 'balance' },
			disableFollowRedirect: true,
			json: true,
		},
		// n8n reads rules of both kinds together; its type knows lists of one kind.
		rules: testRules as TestRules,
	};
}
