import { OWNER } from './owner.mts';

/** All that any n8n would do on the internet of its own accord. */
const NO_CALLS_HOME = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
};

const OWNER_ACCOUNT = {
	N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
	N8N_INSTANCE_OWNER_EMAIL: OWNER.email,
	N8N_INSTANCE_OWNER_FIRST_NAME: OWNER.firstName,
	N8N_INSTANCE_OWNER_LAST_NAME: OWNER.lastName,
	N8N_INSTANCE_OWNER_PASSWORD_HASH: OWNER.passwordHash,
};

/** What a program needs of the machine; the rest (npm's, jest's) would change how n8n behaves. */
const INHERITED = ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'TEMP', 'SystemRoot'];

/** The variables that any program gets. */
export function inheritedEnvironment(): Record<string, string> {
	return Object.fromEntries(
		INHERITED.flatMap((name) => {
			const value = process.env[name];
			return value === undefined ? [] : [[name, value] as const];
		}),
	);
}

/** The environment variables of an n8n on the loopback interface that keeps to `userFolder`. */
export function n8nEnvironment(
	userFolder: string,
	ports: { editor: number; taskBroker: number },
	extra: Record<string, string> = {},
): Record<string, string> {
	return {
		...inheritedEnvironment(),
		...NO_CALLS_HOME,
		...OWNER_ACCOUNT,
		N8N_USER_FOLDER: userFolder,
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		// In the addresses that it makes: on a form at another one, people would have to log in again.
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(ports.editor),
		N8N_RUNNERS_BROKER_PORT: String(ports.taskBroker),
		// Plain HTTP, as there is no certificate for a loopback address.
		N8N_SECURE_COOKIE: 'false',
		...extra,
	};
}
