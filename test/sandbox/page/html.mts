/** The page for people. It is whole in itself, and writes whatever it shows as text, never as HTML. */
export const PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox panel</title>
<link rel="icon" href="data:,">
<style>
:root {
	color-scheme: light dark;
	--page: light-dark(#f5f6fa, #12141b);
	--card: light-dark(#ffffff, #1b1e28);
	--line: light-dark(#e3e6ee, #2c3040);
	--ink: light-dark(#1c2030, #e8eaf2);
	--soft: light-dark(#667085, #98a0b5);
	--accent: light-dark(#5b4bdb, #9d92ff);
	--grey: light-dark(#5f6b7d, #a7b1c4);
	--blue: light-dark(#1668c7, #6cb2ff);
	--green: light-dark(#16794a, #5dd39e);
	--amber: light-dark(#99600a, #f4b860);
	--red: light-dark(#b4252f, #ff8b93);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1180px; margin: 0 auto; padding: 32px 24px 64px; }
header { display: flex; align-items: baseline; gap: 12px; flex-wrap: wrap; margin-bottom: 24px; }
h1 { font-size: 24px; margin: 0; letter-spacing: -0.02em; }
h2 { font-size: 16px; margin: 0; }
.soft { color: var(--soft); }
.live { margin-left: auto; font-size: 13px; }
.live::before { content: ''; display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-right: 6px; background: var(--green); }
.live.lost::before { background: var(--red); }
.cards { display: grid; grid-template-columns: minmax(200px, 1fr) minmax(320px, 2fr) minmax(320px, 2fr); gap: 16px; margin-bottom: 24px; }
.card, .sheet { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.card { padding: 18px 20px; }
.card h2 { font-size: 13px; color: var(--soft); font-weight: 600; margin-bottom: 8px; }
.big { font-size: 30px; font-weight: 650; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; line-height: 1.2; overflow-wrap: anywhere; }
.unit { font-size: 15px; font-weight: 600; letter-spacing: 0; color: var(--soft); margin-left: 6px; }
.paste { display: grid; grid-template-columns: auto 1fr auto; gap: 8px 10px; align-items: center; }
code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
button, select, input { font: inherit; font-size: 13px; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 8px; padding: 5px 11px; cursor: pointer; }
input { cursor: text; width: 10.5em; }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-top: 10px; }
.sheet form { padding: 0 20px 16px; margin: 0; }
.problem { color: var(--red); font-size: 13px; }
button:hover { border-color: var(--accent); color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; }
.sheet { margin-bottom: 24px; overflow-x: auto; }
.sheet-head { display: flex; gap: 10px; align-items: baseline; padding: 16px 20px 12px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; font-weight: 600; font-size: 12px; color: var(--soft); padding: 8px 12px; border-bottom: 1px solid var(--line); white-space: nowrap; }
td { padding: 10px 12px; border-bottom: 1px solid var(--line); vertical-align: middle; }
tbody tr:last-child td { border-bottom: 0; }
th:first-child, td:first-child { padding-left: 20px; }
th:last-child, td:last-child { padding-right: 20px; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.name { min-width: 170px; }
.link { max-width: 250px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--soft); }
.badge { --tone: var(--grey); display: inline-block; padding: 2px 10px; border-radius: 99px; font-size: 12px; font-weight: 600; white-space: nowrap; color: var(--tone); background: color-mix(in srgb, var(--tone) 14%, transparent); }
.inProgress, .processing, .active { --tone: var(--blue); }
.completed { --tone: var(--green); }
.partial { --tone: var(--amber); }
.cancelled { --tone: var(--red); }
.note { display: block; font-size: 12px; color: var(--soft); }
.bar { width: 110px; height: 6px; border-radius: 3px; background: var(--line); margin-top: 4px; overflow: hidden; margin-left: auto; }
.bar i { display: block; height: 100%; background: var(--accent); }
details { padding-bottom: 8px; }
summary { padding: 0 20px 12px; cursor: pointer; color: var(--soft); }
.empty { padding: 4px 20px 20px; color: var(--soft); }
[hidden] { display: none; }
@media (max-width: 900px) { .cards { grid-template-columns: 1fr; } }
</style>
</head>
<body>
<main>
<header>
	<h1>Sandbox panel</h1>
	<span class="soft">No real orders, no real money. <span id="services"></span> services<span id="dialect"></span></span>
	<span class="live soft" id="live" role="status">live</span>
</header>
<div class="cards">
	<section class="card">
		<h2>Balance</h2>
		<div class="big" id="balance"></div>
		<form data-change="balance">
			<input name="amount" inputmode="decimal" placeholder="e.g. 20" aria-label="New balance" required>
			<button>Set balance</button>
			<span class="problem" role="alert"></span>
		</form>
	</section>
	<section class="card">
		<h2>Paste into n8n's credential</h2>
		<div class="paste">
			<span class="soft">URL</span><code id="url"></code><button data-copy="url">Copy</button>
			<span class="soft">Key</span><code id="key"></code><button data-copy="key">Copy</button>
		</div>
	</section>
	<section class="card">
		<h2>Make one request fail</h2>
		<label class="soft">the next <select id="on">
			<option value="">request</option>
			<option value="add">new order</option>
			<option value="status">order status</option>
			<option value="refill">refill</option>
			<option value="cancel">cancellation</option>
			<option value="services">list of services</option>
			<option value="balance">balance</option>
		</select></label>
		<div class="buttons">
			<button data-fault="dropAfter" title="The panel acts, then the connection breaks">Do it, but lose the answer</button>
			<button data-fault="badGateway" title="HTTP 502">Server error</button>
			<button data-fault="html" title="HTTP 200 with HTML">Web page instead of an answer</button>
			<button data-fault="tooManyRequests" title="HTTP 429">Too many requests</button>
		</div>
		<span class="soft" id="waiting" role="status"></span>
	</section>
</div>
<section class="sheet">
	<div class="sheet-head"><h2>Orders</h2><span class="soft" id="order-count"></span></div>
	<table id="orders-table" hidden>
		<thead><tr><th>Order</th><th>Service</th><th>Link</th><th>Status</th><th class="number">Quantity</th><th class="number">Remains</th><th class="number">Charge</th></tr></thead>
		<tbody id="orders"></tbody>
	</table>
	<div class="empty" id="no-orders">Nothing ordered yet. Place an order with the SMM Panel node, and it shows up here.</div>
</section>
<section class="sheet">
	<div class="sheet-head"><h2>Prices</h2><span class="soft">Change one to see what a price limit or a trigger does</span></div>
	<form data-change="price">
		<input name="service" list="services-list" placeholder="Service ID" aria-label="Service ID" required>
		<input name="rate" inputmode="decimal" placeholder="Price per 1,000" aria-label="Price per 1,000" required>
		<button>Set price</button>
		<span class="soft" id="price" role="status"></span>
		<span class="problem" role="alert"></span>
	</form>
	<datalist id="services-list"></datalist>
	<details>
		<summary>All services and what they cost now</summary>
		<table>
			<thead><tr><th>Service ID</th><th>Name</th><th class="number">Price per 1,000 or package</th></tr></thead>
			<tbody id="prices"></tbody>
		</table>
	</details>
</section>
<section class="sheet">
	<div class="sheet-head"><h2>Refills</h2><span class="soft" id="refill-count"></span></div>
	<table id="refills-table" hidden>
		<thead><tr><th>Refill</th><th>Order</th><th>Status</th><th>Asked for at</th></tr></thead>
		<tbody id="refills"></tbody>
	</table>
	<div class="empty" id="no-refills">No refill asked for yet.</div>
</section>
</main>
<script>
const byId = (id) => document.getElementById(id);

function element(tag, className, ...children) {
	const made = document.createElement(tag);
	made.className = className;
	made.append(...children);
	return made;
}

const cell = (className, ...children) => element('td', className, ...children.map((child) => child instanceof Node ? child : String(child)));
let states = [];

/** The states an order can be set to, and the way back to its own life. */
function statePicker(order) {
	const choice = element('select', '', new Option('Set to ...', ''), ...states.map(({ state, word }) => new Option(word, state)));
	if (order.isHeld) choice.append(new Option('Go on by itself', 'byItself'));
	choice.dataset.order = order.order;
	choice.ariaLabel = 'Set the state of order ' + order.order;
	return choice;
}

const badge = ({ state, status }) => element('span', 'badge ' + state, status);
const amount = (number) => number.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 6 });
const count = (number) => number.toLocaleString('en-US');

function orderRow(order, currency) {
	const done = order.quantity > 0 ? (order.quantity - order.remains) / order.quantity : 0;
	const fill = element('i', '');
	fill.style.width = Math.max(0, Math.min(1, done)) * 100 + '%';
	const status = cell('', badge(order));
	if (order.isCancelRequested && order.state !== 'cancelled') status.append(element('span', 'note', 'cancel requested'));
	status.append(' ', statePicker(order));
	const link = cell('link', order.link);
	link.title = order.link;
	return element('tr', '', cell('', order.order), cell('name', order.service), link, status, cell('number', count(order.quantity)),
		cell('number', count(order.remains), element('div', 'bar', fill)), cell('number', amount(order.charge) + ' ' + currency));
}

const refillRow = (refill) => element('tr', '', cell('', refill.refill), cell('', refill.order), cell('', badge(refill)),
	cell('soft', new Date(refill.createdAt).toLocaleTimeString()));

function fill(name, rows, total) {
	byId(name + 's').replaceChildren(...rows);
	byId(name + 's-table').hidden = rows.length === 0;
	byId('no-' + name + 's').hidden = rows.length > 0;
	byId(name + '-count').textContent = total > rows.length ? 'newest ' + rows.length + ' of ' + count(total) : rows.length || '';
}

function show(state) {
	byId('dialect').textContent = state.dialect === 'seed' ? '' : ', dialect ' + state.dialect;
	byId('services').textContent = count(state.services);
	byId('balance').replaceChildren(amount(state.balance), element('span', 'unit', state.currency));
	byId('url').textContent = location.origin + '/api/v2';
	byId('key').textContent = state.apiKey;
	byId('waiting').textContent = state.faultsWaiting === 0 ? 'Everything works.' : state.faultsWaiting + ' will fail';
	states = state.orderStates;
	byId('services-list').replaceChildren(...state.prices.map(({ service, name, rate }) => new Option(name + ', now ' + rate, service)));
	byId('prices').replaceChildren(...state.prices.map(({ service, name, rate }) =>
		element('tr', '', cell('', service), cell('', name), cell('number', rate))));
	showPrice(state.prices);
	fill('order', state.orders.map((order) => orderRow(order, state.currency)), state.orderCount);
	fill('refill', state.refills.map(refillRow), state.refillCount);
}

/** What the service that was typed costs now. */
function showPrice(prices) {
	const typed = document.forms[1].elements.service.value.trim();
	const known = prices.find(({ service }) => service === typed);
	byId('price').textContent = known ? known.name + ' costs ' + known.rate + ' now' : '';
}

async function send(name, wish) {
	const response = await fetch('/page/' + name, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(wish),
	});
	const { error = '' } = await response.json();
	await refresh();
	return error;
}

let shown = '';
async function refresh() {
	try {
		const text = await (await fetch('/page/state')).text();
		// A list that is open would close.
		if (document.activeElement?.dataset.order) return;
		if (text !== shown) show(JSON.parse(text));
		shown = text;
		byId('live').textContent = 'live';
		byId('live').classList.remove('lost');
	} catch {
		byId('live').textContent = 'the panel has stopped';
		byId('live').classList.add('lost');
	}
}

document.addEventListener('click', async ({ target }) => {
	if (target.dataset.copy) {
		await navigator.clipboard.writeText(byId(target.dataset.copy).textContent);
		target.textContent = 'Copied';
		setTimeout(() => { target.textContent = 'Copy'; }, 1200);
	}
	if (target.dataset.fault) {
		await send('misbehave', { kind: target.dataset.fault, on: byId('on').value });
	}
});

document.addEventListener('submit', async (event) => {
	event.preventDefault();
	const form = event.target;
	form.querySelector('.problem').textContent = await send(form.dataset.change, Object.fromEntries(new FormData(form)));
});

document.addEventListener('change', async ({ target }) => {
	if (!target.dataset.order || target.value === '') return;
	const wish = { order: target.dataset.order, state: target.value };
	target.blur();
	await send('order', wish);
});

refresh();
setInterval(refresh, 1000);
</script>
</body>
</html>
`;
