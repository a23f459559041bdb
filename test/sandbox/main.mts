import { HELP, readCommandLine } from './commandLine.mts';
import type { Command } from './commandLine.mts';
import { startSandboxPanel } from './panel.mts';

function readOrExit(): Command {
	try {
		return readCommandLine(process.argv.slice(2));
	} catch (error) {
		console.error(`${(error as Error).message}\n\n${HELP}`);
		process.exit(2);
	}
}

const command = readOrExit();

if (command.wantsHelp) {
	console.log(HELP);
} else {
	const panel = await startSandboxPanel(command.panel);
	const { url, pageUrl, apiKey } = panel;

	if (command.wantsJson || process.send) {
		console.log(JSON.stringify({ url, pageUrl, apiKey }));
		process.send?.({ url, pageUrl, apiKey });
	} else {
		console.log(`The sandbox panel is running (Ctrl-C stops it).

  URL for the credential  ${url}
  API key                 ${apiKey}
  Watch the orders        ${pageUrl}
`);
	}

	const stop = async () => {
		await panel.close();
		process.exit(0);
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	// A parent that went away will not send a signal any more.
	process.once('disconnect', stop);
}
