import type { Form } from '../../nodes/panelApi/transport/wire.ts';

/** One example answer of the seed document, as it stands there, and the fields of the request it stands under. */
interface SeedExample {
	action: string;
	/** The names of the fields beside `key` and `action`. */
	fields: string[];
	/** `Success` or `Failure` where the document gives both. */
	outcome?: string;
	body: string;
}

/**
 * The example answer to a request with these fields.
 * @param form only the names of its fields count
 */
export function seedExample(form: Form, outcome?: string): string {
	const { action, ...others } = form;
	const example = examples.find(
		(row) =>
			row.action === action &&
			row.outcome === outcome &&
			Object.keys(others).every((field) => row.fields.includes(field)),
	);
	if (!example) throw new Error(`The seed document has no such example for ${action}`);
	return example.body;
}

function readExamples(text: string): SeedExample[] {
	return text
		.split('| Parameters | Description |')
		.slice(1)
		.flatMap((section) => {
			const rows = [...section.matchAll(/^\| (\w+) \| (.*) \|$/gm)];
			const action = rows.find(([, name]) => name === 'action')?.[2] ?? '';
			const fields = rows.flatMap(([, name]) => (name ? [name] : []));
			const bodies = section.matchAll(
				/^Example response(?: - (\w+))?\n([\s\S]*?)(?=\nExample response|\nAll user|\n?$(?![\s\S]))/gm,
			);
			return [...bodies].map(([, outcome, body = '']) => ({ action, fields, outcome, body }));
		});
}

/** The whole seed document, verbatim. */
const seedDocument = String.raw`| Parameters | Description |
|---|---|
| key | Your API Key |
| action | add |
| service | Package ID |
| link | Link to page |
| quantity | Needed quantity |
| runs | optional, Runs to deliver |
| interval | optional, Interval in minutes |
Example response
{
"order":"23501"
}
| Parameters | Description |
|---|---|
| key | Your API Key |
| action | status |
| order | Order ID |
Example response
{
"charge": "0.03300",
"start_count": "1691",
"status": "Completed",
"remains": "0",
"currency": "USD"
}
| Parameters | Description |
|---|---|
| key | Your API Key |
| action | status |
| orders | Order IDs separated by comma |
Example response
{
"486450": {
"charge": 0.08011655652,
"start_count": "44",
"status": "Completed",
"remains": "0",
"currency": "USD"
},
"486451": {
"error": "Incorrect order ID"
},
"486561": {
"charge": 0.04434830916,
"start_count": "181",
"status": "Cancelled",
"remains": "100",
"currency": "USD"
}
}
| Parameters | Description |
|---|---|
| key | Your API Key |
| action | refill |
| order | Order ID |
Example response - Success
{
"success": "Your order will be refill asap. Thank you for patience",
"refill": 12345
}
Example response - Failure
{
"error": "Order not eligible for refill."
}
| Parameters | Description |
|---|---|
| key | Your API Key |
| action | refill |
| orders | Order IDs separated by comma |
Example response
[
{
"order": 1,
"refill": 1
},
{
"order": 2,
"refill": 2
},
{
"order": 3,
"refill": {
"error": "Invalid Request"
}
}
]
| Parameters | Description |
|---|---|
| key | Your API Key |
| action | refill_status |
| refill | Refill ID |
Example response
{
"status": "Completed"
}
| Parameters | Description |
|---|---|
| key | Your API Key |
| action | refill_status |
| refills | Refill IDs seperated by Comma |
Example response
[
{
"refill": 1,
"status": "Completed"
},
{
"refill": 2,
"status": "Cancelled"
},
{
"refill": 3,
"status": {
"error": "Refill Request Not found"
}
}
]
| Parameters | Description |
|---|---|
| key | Your API Key |
| action | cancel |
| order | Order ID |
Example response - Success
{
"success": "We will attempt to cancel this order. Cancellation is not guaranteed. Please check again in 5 minutes.",
}
Example response - Failure
{
"error": "Order not eligible for cancellation."
}
| Parameters | Description |
|---|---|
| key | Your API Key |
| action | services |
Example response
[
{
"service": 101,
"name": "Real & Active Followers",
"rate": "250.00",
"min": "100",
"max": "100000",
"category": "Instagram Followers",
"type": "default",
"description": Service Description,
"dripfeed": true,
"refill": true,
"cancel": true,
},
{
"service": 30067,
"name": "Instagram - Worldwide",
"rate": "103.00",
"min": "100",
"max": "10000",
"category": "Instagram Followers",
"type": "default",
"description": Service Description,
"dripfeed": true,
"refill": true,
"cancel": true,
}
]
| Parameters | Description |
|---|---|
| key | Your API Key |
| action | balance |
Example response
{
"balance": "100.84292",
"currency": "USD"
}
All user information is kept 100% private and will NOT be shared with anyone. Always remember, you are protected with deepaksmm.store
Get Started Now
Best SMM Panel for Instagram, YouTube, and Facebook. Cheapest SMM services in India by Deepak SMM Store.`;

export const examples = readExamples(seedDocument);
