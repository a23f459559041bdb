import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { HostileEffect } from './contract.mts';
import type { Exchange, Misbehaviour } from './faultAnswers.mts';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
const MEGABYTE = 1024 * 1024;

/** How the sandbox panel answers when it wants to keep its clients from going on. */
export const HOSTILE: { [Kind in HostileEffect['kind']]: Misbehaviour<Kind> } = {
	async drip({ everyMs, sends = 'nothing', drips = 'body', acts = false }, exchange) {
		const text = replyText(exchange, acts);
		const response = exchange.takeOver(200);
		if (drips === 'headers') {
			response.socket?.write('HTTP/1.1 200 OK\r\n');
			for (let line = 0; isOpen(response); line++) {
				response.socket?.write(`x-line-${line}: x\r\n`);
				await exchange.wait(everyMs);
			}
			return;
		}
		response.writeHead(200, JSON_HEADERS);
		const length = { all: text.length, half: Math.ceil(text.length / 2), nothing: 0 }[sends];
		if (length > 0) response.write(text.slice(0, length));
		while (isOpen(response)) {
			response.write(' ');
			await exchange.wait(everyMs);
		}
	},
	async endless({ piece = '{"service":1,"name":"x"},', acts = false }, exchange) {
		if (acts) exchange.act();
		const response = exchange.takeOver(200);
		response.writeHead(200, JSON_HEADERS);
		const bytes = Buffer.from(piece.repeat(Math.ceil((64 * 1024) / piece.length)));
		const closed = once(response, 'close');
		while (isOpen(response)) {
			const isTaken = response.write(bytes);
			if (!isTaken) await Promise.race([once(response, 'drain'), closed]);
		}
	},
	bomb({ megabytes, acts = false }, exchange) {
		if (acts) exchange.act();
		const response = exchange.takeOver(200);
		response.writeHead(200, { ...JSON_HEADERS, 'content-encoding': 'gzip' });
		// Several gzip files in a row are one: the panel needs no memory for it.
		const member = gzipSync(Buffer.alloc(MEGABYTE, ' '));
		for (let count = 0; count < megabytes; count++) response.write(member);
		response.end();
	},
	upgrade({ acts = false }, exchange) {
		if (acts) exchange.act();
		const response = exchange.takeOver(101);
		response.socket?.write(
			'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n',
		);
	},
	silence({ acts = false }, exchange) {
		if (acts) exchange.act();
		exchange.takeOver(200);
	},
};

function replyText(exchange: Exchange, acts: boolean): string {
	return acts ? JSON.stringify(exchange.act().value) : '{"status":"Completed"}';
}

function isOpen(response: ServerResponse): boolean {
	return !response.destroyed && !response.closed && response.socket?.destroyed === false;
}
