import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Listens with room for one connection and then never looks at it again. */
const program = `
const server = require('node:net').createServer();
server.listen(0, '127.0.0.1', 1, () => {
	console.log(server.address().port);
	setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20);
});`;
const enoughToFill = 8;

export interface UnacceptedPort {
	origin: string;
	close(): void;
}

/** A port of a program that hangs, with its backlog full: the system leaves further connections unanswered. */
export async function openUnacceptedPort(): Promise<UnacceptedPort> {
	const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
	const [line] = (await once(child.stdout, 'data')) as [Buffer];
	const port = Number(line.toString());
	await pause(100);
	const filling: Socket[] = [];
	for (let count = 0; count < enoughToFill; count++) {
		filling.push(connect(port, '127.0.0.1').on('error', () => {}));
	}
	await pause(200);
	return {
		origin: `http://127.0.0.1:${port}`,
		close: () => {
			for (const socket of filling) socket.destroy();
			child.kill('SIGKILL');
		},
	};
}
